// SPDX-License-Identifier: Apache-2.0
// Which row of the file names the columns. Another one reads the file anew, so what was mapped is
// guessed again.
import { useLingui } from "@lingui/react/macro";
import { NativeSelect } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { ImportState } from "../../api/types";
import { useErrorText } from "../../records/use_translate";

const NONE = "none";
const ROWS_OFFERED = 20;

interface Props {
  state: ImportState;
  changed: (state: ImportState) => void;
}

export function HeaderRowInput({ state, changed }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const choose = useMutation({
    mutationFn: (header_row: number | "none") =>
      api.patch<ImportState>(`/imports/${state.id}`, { header_row }),
    onSuccess: (next) => {
      query_client.setQueryData(["import", state.id], next);
      changed(next);
    },
  });
  const now = state.header_row ?? 1;
  const rows = Array.from({ length: Math.max(ROWS_OFFERED, Number(now) || 0) }, (_, at) => at + 1);
  return (
    <NativeSelect
      label={t`Names of the columns`}
      disabled={choose.isPending}
      error={choose.error ? error_text(choose.error) : undefined}
      data={[
        ...rows.map((row) => ({ value: String(row), label: t`in row ${row}` })),
        { value: NONE, label: t`nowhere: the first row is a record already` },
      ]}
      value={String(choose.isPending ? choose.variables : now)}
      onChange={(event) => {
        const { value } = event.currentTarget;
        choose.mutate(value === NONE ? NONE : Number(value));
      }}
    />
  );
}
