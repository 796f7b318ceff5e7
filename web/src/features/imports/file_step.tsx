// SPDX-License-Identifier: Apache-2.0
// How the file is read: which sheet and row, what divides its cells, how its values are written.
import { useLingui } from "@lingui/react/macro";
import { Button, NativeSelect } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { ImportState } from "../../api/types";
import { number_text } from "../../base/format";
import { useErrorText } from "../../records/use_translate";
import { DelimiterInput, EncodingInput } from "./file_form_inputs";
import { HeaderRowInput } from "./header_row_input";
import { read_anew, start_draft } from "./import_draft";
import classes from "./imports.module.css";
import type { StepProps } from "./step_props";
import { type FileFormProps, useFileForm } from "./use_file_form";

const ROWS_SHOWN = 4;
const COLUMNS_SHOWN = 30;

export function FileStep({ type, state, draft, change }: StepProps) {
  const { t } = useLingui();
  const changed = (next: ImportState) => change(read_anew(type, draft, next));
  const kind = state.kind ?? "csv";
  const count = number_text(state.rows_estimate ?? 0, 0);
  const kinds: Record<string, string> = {
    csv: t`A text file, ${state.encoding ?? ""}`,
    xlsx: t`A workbook (XLSX)`,
    vcard: t`Contacts (vCard)`,
  };
  return (
    <section className="stack">
      <p className="dim">
        {kinds[kind]} · {t`about ${count} rows`}
      </p>
      <Remembered state={state} taken={(next) => change(start_draft(type, next))} />
      <div className={classes.source}>
        {(state.sheets?.length ?? 0) > 1 && <SheetInput state={state} changed={changed} />}
        {kind !== "vcard" && <HeaderRowInput state={state} changed={changed} />}
        {kind === "csv" && <DelimiterInput state={state} changed={changed} />}
        {kind !== "xlsx" && <EncodingInput state={state} changed={changed} />}
        <NativeSelect
          label={t`Numbers`}
          data={[
            { value: "comma", label: t`1.234,50: the decimal mark is a comma` },
            { value: "point", label: t`1,234.50: the decimal mark is a point` },
          ]}
          value={draft.decimal_mark}
          onChange={(event) => change({ ...draft, decimal_mark: event.currentTarget.value })}
        />
        <NativeSelect
          label={t`Dates`}
          data={[
            { value: "day_first", label: t`31-12-2025: the day comes first` },
            { value: "month_first", label: t`12/31/2025: the month comes first` },
          ]}
          value={draft.date_order}
          onChange={(event) => change({ ...draft, date_order: event.currentTarget.value })}
        />
      </div>
      <Notes notes={state.notes ?? {}} />
      <FirstValues state={state} />
    </section>
  );
}

function SheetInput(props: FileFormProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const choose = useFileForm(props);
  return (
    <NativeSelect
      label={t`Sheet`}
      disabled={choose.isPending}
      error={choose.error ? error_text(choose.error) : undefined}
      data={props.state.sheets ?? []}
      value={(choose.isPending ? choose.variables.sheet : props.state.sheet) ?? ""}
      onChange={(event) => choose.mutate({ sheet: event.currentTarget.value })}
    />
  );
}

interface RememberedProps {
  state: ImportState;
  taken: (state: ImportState) => void;
}

// What was said of the files of this source before.
function Remembered({ state, taken }: RememberedProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const take = useMutation({
    mutationFn: async (remembered: number) => {
      const path = `/imports/${state.id}`;
      const { missing_columns } = await api.post<{ missing_columns: string[] }>(`${path}/mapping`, {
        remembered,
      });
      const next = await api.get<ImportState>(path);
      return { missing_columns, next };
    },
    onSuccess: ({ next }) => {
      query_client.setQueryData(["import", state.id], next);
      taken(next);
    },
  });
  const all = state.remembered ?? [];
  const offered = all.some((one) => one.fits) ? all.filter((one) => one.fits) : all;
  if (!offered.length) return null;
  const missing = take.data?.missing_columns.join(", ");
  return (
    <div className={classes.offer}>
      <p>
        {all.some((one) => one.fits)
          ? t`A file with these columns was imported before. Do it the same way:`
          : t`Kept mappings:`}
      </p>
      <div className="row wrap">
        {offered.map((one) => (
          <Button
            key={one.id}
            size="compact-sm"
            variant="default"
            loading={take.isPending && take.variables === one.id}
            onClick={() => take.mutate(one.id)}
          >
            {one.name}
          </Button>
        ))}
      </div>
      {take.isSuccess && (
        <p role="status" className="small">
          {missing ? t`Taken over, but for columns that are not there: ${missing}` : t`Taken over.`}
        </p>
      )}
      {take.error && (
        <p role="alert" className={classes.problem}>
          {error_text(take.error)}
        </p>
      )}
    </div>
  );
}

// What was met in the file and may surprise.
function Notes({ notes }: { notes: Record<string, number> }) {
  const { t } = useLingui();
  const count = (name: string) => number_text(notes[name] ?? 0, 0);
  const words: Record<string, string> = {
    formulas: t`Cells with a formula, read as what they last showed: ${count("formulas")}`,
    error_cells: t`Cells that show an error such as #N/A, read as empty: ${count("error_cells")}`,
    merged_cells: t`Cells over several rows, read as a value in each: ${count("merged_cells")}`,
    broken_cards: t`Contacts that cannot be read and are left out: ${count("broken_cards")}`,
  };
  const met = Object.keys(notes).filter((name) => words[name]);
  if (!met.length) return null;
  return (
    <ul className={classes.notes} aria-label={t`Noticed in the file`}>
      {met.map((name) => (
        <li key={name}>
          <IconAlertTriangle size={15} aria-hidden />
          {words[name]}
        </li>
      ))}
    </ul>
  );
}

function FirstValues({ state }: { state: ImportState }) {
  const { t } = useLingui();
  const columns = state.columns.slice(0, COLUMNS_SHOWN);
  const more = number_text(state.columns.length - columns.length, 0);
  const rows = Array.from({ length: ROWS_SHOWN }, (_, row) => row).filter((row) =>
    columns.some((column) => column.sample[row]),
  );
  return (
    <>
      <section
        className="card table_scroll"
        aria-label={t`First values of each column`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled must take the keyboard
        tabIndex={0}
      >
        <table className={`table ${classes.first}`}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.name} scope="col">
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                {columns.map((column) => (
                  <td key={column.name}>{column.sample[row]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {state.columns.length > columns.length && (
        <p className="dim small">{t`${more} more columns`}</p>
      )}
    </>
  );
}
