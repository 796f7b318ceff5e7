// SPDX-License-Identifier: Apache-2.0
// Which column fills which field, how a row finds its record, and where the data comes from.
import { useLingui } from "@lingui/react/macro";
import { NativeSelect, Select, TextInput } from "@mantine/core";
import type { ImportState, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { FieldInput } from "../../records/fields/field";
import { DelimiterInput, EncodingInput } from "./file_form_inputs";
import { HeaderRowInput } from "./header_row_input";
import { ImportColumns } from "./import_columns";
import classes from "./imports.module.css";

export interface MappingDraft {
  mapping: Record<string, string>;
  match: string[];
  policy: Record<string, string>;
  date_order: string;
  decimal_mark: string;
  source: { name: string; legal_basis: string; obtained_at: string };
}

export function start_mapping(type: TypeMeta, state: ImportState): MappingDraft {
  const guessed = Object.fromEntries(
    state.columns.flatMap((column) => (column.guess ? [[column.guess, column.name]] : [])),
  );
  const mapping = state.mapping && Object.keys(state.mapping).length ? state.mapping : guessed;
  const key = ["org_number", "email", "name"].find((name) => name in mapping);
  const source = (state as { source?: MappingDraft["source"] }).source;
  return {
    mapping,
    match: state.match?.length
      ? state.match
      : key && type.fields.some((field) => field.name === key)
        ? [key]
        : [],
    policy: state.policy ?? {},
    date_order: state.date_order ?? "day_first",
    decimal_mark: state.decimal_mark ?? "comma",
    source: {
      name: source?.name || state.name || "",
      legal_basis: source?.legal_basis ?? "",
      obtained_at: source?.obtained_at || new Date().toISOString().slice(0, 10),
    },
  };
}

interface Props {
  type: TypeMeta;
  state: ImportState;
  draft: MappingDraft;
  change: (draft: MappingDraft) => void;
}

export function ImportMapping({ type, state, draft, change }: Props) {
  const { t } = useLingui();
  // What was said about the source and the form of values is true however the file is read.
  const anew = (next: ImportState) => {
    const { mapping, match, policy } = start_mapping(type, next);
    change({ ...draft, mapping, match, policy });
  };
  const count = number_text(state.rows_estimate ?? 0, 0);
  return (
    <>
      <section>
        <h2 className={classes.subtitle}>{t`1. Where does it come from?`}</h2>
        <SourceForm draft={draft} change={change} />
      </section>
      <section>
        <h2 className={classes.subtitle}>{t`2. Which column is what?`}</h2>
        <p className="dim small" style={{ marginBottom: 10 }}>
          {t`About ${count} rows, ${state.encoding ?? ""}. What looked clear is filled in already.`}
        </p>
        <div className={classes.source}>
          {state.header_row !== undefined && <HeaderRowInput state={state} changed={anew} />}
          <DelimiterInput state={state} changed={anew} />
          <EncodingInput state={state} changed={anew} />
          <StyleInputs draft={draft} change={change} />
        </div>
        <ImportColumns type={type} state={state} draft={draft} change={change} />
      </section>
    </>
  );
}

function SourceForm({ draft, change }: Pick<Props, "draft" | "change">) {
  const { t } = useLingui();
  const set = (part: Partial<MappingDraft["source"]>) =>
    change({ ...draft, source: { ...draft.source, ...part } });
  const bases = [
    { value: "consent", label: t`Consent` },
    { value: "contract", label: t`Contract` },
    { value: "legal_obligation", label: t`Legal obligation` },
    { value: "legitimate_interest", label: t`Legitimate interest` },
    { value: "public_task", label: t`Public task` },
    { value: "vital_interest", label: t`Vital interest` },
  ];
  return (
    <div className={classes.source}>
      <TextInput
        label={t`Source`}
        value={draft.source.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Select
        label={t`Legal basis`}
        data={bases}
        value={draft.source.legal_basis || null}
        onChange={(legal_basis) => set({ legal_basis: legal_basis ?? "" })}
      />
      <FieldInput
        field={{ name: "obtained_at", kind: "date", label: {} }}
        label={t`Obtained on`}
        value={draft.source.obtained_at || null}
        on_change={(day) => set({ obtained_at: String(day ?? "") })}
      />
    </div>
  );
}

// What a file leaves open: 03-04-2025 and 1.234.
function StyleInputs({ draft, change }: Pick<Props, "draft" | "change">) {
  const { t } = useLingui();
  return (
    <>
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
    </>
  );
}
