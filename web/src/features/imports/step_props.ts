// SPDX-License-Identifier: Apache-2.0
import type { ImportState, TypeMeta } from "../../api/types";
import type { ImportDraft } from "./import_draft";

// What every step of an import gets.
export interface StepProps {
  type: TypeMeta;
  state: ImportState;
  draft: ImportDraft;
  change: (draft: ImportDraft) => void;
  // Sends the draft to the server, if it is not there already.
  save: () => Promise<unknown>;
}
