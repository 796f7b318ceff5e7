// SPDX-License-Identifier: Apache-2.0
// A decision: the difference leaves the queue at once, comes back when that is refused, and when it
// is taken back.
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import { query_client } from "../../api/queries";
import { toast_error, toast_undo } from "../../kit/toast";
import { useUndo } from "../../records/jobs/use_undo";
import { accept, refresh_updates, reject, reopen } from "./queries";
import type { Proposal } from "./types";
import { useUpdateErrorText } from "./update_errors";

interface Decided {
  id: number;
  // Of what was accepted; a rejected one is opened again.
  batch?: number;
}

const refresh = () => {
  for (const key of ["list", "record", "history"])
    void query_client.invalidateQueries({ queryKey: [key] });
  return refresh_updates();
};

export function useDecisions() {
  const { t } = useLingui();
  const error_text = useUpdateErrorText();
  const undo_batch = useUndo();
  const [decided, set_decided] = useState<Decided[]>([]);
  const forget = (id: number) => set_decided((old) => old.filter((one) => one.id !== id));
  const take_back = async (one: Decided) => {
    try {
      // The values come back by a job; the difference is found again by the next update.
      if (one.batch) undo_batch.mutate(one.batch);
      else await reopen(one.id);
      forget(one.id);
      await refresh();
    } catch (error) {
      toast_error(error_text(error));
    }
  };
  const decide = async (proposal: Proposal, act: () => Promise<Decided>, said: string) => {
    set_decided((old) => [...old, { id: proposal.id }]);
    try {
      const one = await act();
      set_decided((old) => old.map((other) => (other.id === one.id ? one : other)));
      toast_undo(said, t`Undo`, () => void take_back(one));
    } catch (error) {
      forget(proposal.id);
      toast_error(error_text(error));
    }
    await refresh();
  };
  const last = decided.at(-1);
  return {
    gone: new Set(decided.map((one) => one.id)),
    accept: (proposal: Proposal, always = false) =>
      void decide(
        proposal,
        async () => ({ id: proposal.id, batch: (await accept(proposal.id, always)).batch }),
        always ? t`Accepted, and from now on always.` : t`The register's value was taken.`,
      ),
    reject: (proposal: Proposal) =>
      void decide(
        proposal,
        async () => {
          await reject(proposal.id);
          return { id: proposal.id };
        },
        t`Rejected: the same value is not proposed again.`,
      ),
    reopen: (proposal: Proposal) => void take_back({ id: proposal.id }),
    undo: last ? () => void take_back(last) : undefined,
  };
}
