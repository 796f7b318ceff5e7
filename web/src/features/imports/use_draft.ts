// SPDX-License-Identifier: Apache-2.0
// The draft of an import, and its way to the server: sent when a step is left, if it has changed.
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { ImportState, TypeMeta } from "../../api/types";
import { type ImportDraft, is_open, start_draft } from "./import_draft";

// A field whose fixed value nobody has written yet has none.
const said = (constants: ImportDraft["constants"]) =>
  Object.fromEntries(Object.entries(constants).filter(([, value]) => value !== ""));

export function useDraft(type: TypeMeta, state: ImportState) {
  const [draft, set_draft] = useState<ImportDraft>(() => start_draft(type, state));
  // What was chosen a moment ago is saved too, though nothing has been drawn since.
  const latest = useRef(draft);
  // Guesses and the first key are only on this side until something is saved.
  const saved = useRef<ImportDraft | null>(state.match ? draft : null);
  const change = (next: ImportDraft) => {
    latest.current = next;
    set_draft(next);
  };
  const send = useMutation({
    mutationFn: (sent: ImportDraft) =>
      api.patch<ImportState>(`/imports/${state.id}`, { ...sent, constants: said(sent.constants) }),
    onSuccess: (next, sent) => {
      saved.current = sent;
      query_client.setQueryData(["import", state.id], next);
    },
  });
  const save = async () => {
    const now = latest.current;
    if (saved.current === now || !is_open(state) || !Object.keys(now.mapping).length) return;
    await send.mutateAsync(now);
  };
  return { draft, change, save, error: send.error };
}
