// SPDX-License-Identifier: Apache-2.0
// What one does with findings: apply what is suggested, leave a value as it is, take it back. A
// finding leaves the queue at once, and is there again when that is refused or taken back.
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { ApiError, api } from "../../api/client";
import { query_client, record_query, refresh_record } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { toast_error, toast_undo } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { to_wire } from "../../records/fields/field_parts";
import { useQualityErrors } from "./quality_errors";
import { refresh_quality } from "./queries";
import type { Finding, Suggestion } from "./types";

interface Act {
  finding: Finding;
  take_back: () => Promise<unknown>;
}

// Of records that this page changed: what the list holds of them is older.
const versions = new Map<string, number>();
const key_of = (plural: string, id: number) => `${plural}/${id}`;

function version_of(type: TypeMeta, finding: Finding): number {
  const own = versions.get(key_of(type.plural, finding.record.id)) ?? 0;
  return Math.max(finding.record.version, own);
}

// The record as it is before the change, so that it can be put back.
async function record_before(type: TypeMeta, finding: Finding): Promise<Row> {
  const query = record_query(type.plural, finding.record.id);
  const seen = query_client.getQueryData(query.queryKey);
  if (seen && seen.version >= version_of(type, finding)) return seen;
  return query_client.fetchQuery({ ...query, staleTime: 0 });
}

const wire_of = (values: Record<string, unknown>, names: string[]) =>
  Object.fromEntries(names.map((name) => [name, to_wire(values[name] ?? null)]));

export const changed_elsewhere = (type: TypeMeta, id: number, version: number) => {
  versions.set(key_of(type.plural, id), version);
  refresh_record(type.plural, id);
};

async function put_back(type: TypeMeta, id: number, values: object, version: number) {
  const row = await api.patch<Row>(`/${type.plural}/${id}`, values, version);
  changed_elsewhere(type, id, row.version);
}

export async function fix_finding(type: TypeMeta, finding: Finding, suggestion: Suggestion) {
  const { id } = finding.record;
  const before = await record_before(type, finding);
  const answer = await api.post<{ version: number }>(
    `/quality/findings/${finding.id}/fix`,
    {},
    { version: before.version },
  );
  changed_elsewhere(type, id, answer.version);
  const old = wire_of(before, Object.keys(suggestion.changes));
  return () => put_back(type, id, old, answer.version);
}

export function useActs() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const errors = useQualityErrors();
  const [acts, set_acts] = useState<Act[]>([]);
  const forget = (finding: Finding) =>
    set_acts((old) => old.filter((act) => act.finding.id !== finding.id));
  const take_back = async (act: Act) => {
    try {
      await act.take_back();
      forget(act.finding);
      await refresh_quality();
    } catch (error) {
      const stale = error instanceof ApiError && error.status === 412;
      toast_error(stale ? t`Changed since then: it stays as it is now.` : errors.whole(error));
    }
  };
  const run = async (finding: Finding, word: string, act: () => Promise<Act["take_back"]>) => {
    // Gone from the list while it is being done.
    const waiting: Act = { finding, take_back: () => Promise.resolve() };
    set_acts((old) => [...old, waiting]);
    try {
      const done: Act = { finding, take_back: await act() };
      set_acts((old) => old.map((one) => (one === waiting ? done : one)));
      toast_undo(word, t`Undo`, () => void take_back(done));
    } catch (error) {
      forget(finding);
      toast_error(errors.whole(error));
    }
    await refresh_quality();
  };
  const last = acts.at(-1);
  return {
    gone: new Set(acts.map((act) => act.finding.id)),
    apply: (finding: Finding) => {
      const type = dictionary.type(finding.type);
      const { suggestion } = finding;
      if (!type || !suggestion) return;
      const value = suggestion.value ?? "";
      void run(finding, value ? t`Applied: ${value}` : t`Emptied`, () =>
        fix_finding(type, finding, suggestion),
      );
    },
    dismiss: (finding: Finding, reason: string) =>
      void run(finding, t`Left as it is: remembered.`, async () => {
        await api.post(`/quality/findings/${finding.id}/dismiss`, { reason });
        return () => api.post(`/quality/findings/${finding.id}/restore`);
      }),
    restore: (finding: Finding) =>
      void run(finding, t`Back in the queue.`, async () => {
        const reason = finding.dismissed?.reason ?? "";
        await api.post(`/quality/findings/${finding.id}/restore`);
        return () => api.post(`/quality/findings/${finding.id}/dismiss`, { reason });
      }),
    undo: last ? () => void take_back(last) : undefined,
  };
}

export type Acts = ReturnType<typeof useActs>;
