// SPDX-License-Identifier: Apache-2.0
// Which row of the file names the columns.
import { useLingui } from "@lingui/react/macro";
import { NativeSelect } from "@mantine/core";
import { useErrorText } from "../../records/use_translate";
import { type FileFormProps, useFileForm } from "./use_file_form";

const NONE = "none";
const ROWS_OFFERED = 20;

export function HeaderRowInput(props: FileFormProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const choose = useFileForm(props);
  const now = props.state.header_row ?? 1;
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
      value={String(choose.isPending ? choose.variables.header_row : now)}
      onChange={(event) => {
        const { value } = event.currentTarget;
        choose.mutate({ header_row: value === NONE ? NONE : Number(value) });
      }}
    />
  );
}
