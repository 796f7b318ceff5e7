// SPDX-License-Identifier: Apache-2.0
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, api } from "../../api/client";
import { query_client, refresh_record } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { field_errors } from "../error_text";
import { same_value, to_wire } from "../fields/field_parts";
import { useErrorText, useTranslate } from "../use_translate";

interface Save {
  changes: Record<string, unknown>;
  version: number;
}

// Saves fields of a record against the version that was on the screen.
export function useSaveField(type: TypeMeta, record: Row, done: () => void) {
  const translate = useTranslate();
  const error_text = useErrorText();
  const [conflict, set_conflict] = useState<Row | null>(null);
  const save = useMutation({
    mutationFn: ({ changes, version }: Save) =>
      api.patch<Row>(
        `/${type.plural}/${record.id}`,
        Object.fromEntries(Object.entries(changes).map(([key, value]) => [key, to_wire(value)])),
        version,
      ),
    onSuccess: (next) => {
      set_conflict(null);
      query_client.setQueryData(["record", type.plural, record.id], next);
      refresh_record(type.plural, record.id);
      done();
    },
    onError: async (error, { changes }) => {
      if (!(error instanceof ApiError) || error.status !== 412) return;
      const current =
        (error.body.current as Row | undefined) ??
        (await api.get<Row>(`/${type.plural}/${record.id}`));
      // Someone changed other fields: that is no conflict for these.
      const untouched = Object.keys(changes).every((key) => same_value(current[key], record[key]));
      if (untouched) save.mutate({ changes, version: current.version });
      else set_conflict(current);
    },
  });
  const errors = field_errors(save.error, translate);
  const about_field = Object.keys(errors).length > 0;
  return {
    run: (changes: Record<string, unknown>, version = record.version) =>
      save.mutate({ changes, version }),
    busy: save.isPending,
    errors,
    message: save.error && !about_field && !conflict ? error_text(save.error) : undefined,
    conflict,
    take_theirs: () => {
      if (conflict) query_client.setQueryData(["record", type.plural, record.id], conflict);
      set_conflict(null);
      done();
    },
  };
}
