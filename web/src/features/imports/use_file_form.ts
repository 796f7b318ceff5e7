// SPDX-License-Identifier: Apache-2.0
// What is said of the file's form reads it anew: columns, samples and guesses are others then.
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { ImportState } from "../../api/types";

export interface FileForm {
  header_row?: number | "none";
  delimiter?: string;
  encoding?: string;
  sheet?: string;
}

export interface FileFormProps {
  state: ImportState;
  changed: (state: ImportState) => void;
}

export function useFileForm({ state, changed }: FileFormProps) {
  return useMutation({
    mutationFn: (form: FileForm) => api.patch<ImportState>(`/imports/${state.id}`, form),
    onSuccess: (next) => {
      query_client.setQueryData(["import", state.id], next);
      changed(next);
    },
  });
}
