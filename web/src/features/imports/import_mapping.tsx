// SPDX-License-Identifier: Apache-2.0
// Which column fills which field, how a row finds its record, and where the data comes from.
import { useLingui } from "@lingui/react/macro";
import { Checkbox, NativeSelect, Select, TextInput } from "@mantine/core";
import type { ImportState, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { writable_fields } from "../../records/create_dialog";
import { useDictionary } from "../../records/dictionary";
import { FieldInput } from "../../records/fields/field";
import classes from "./imports.module.css";

export interface MappingDraft {
  mapping: Record<string, string>;
  match: string[];
  policy: Record<string, string>;
  source: { name: string; legal_basis: string; obtained_at: string };
}

const ADDRESS_PARTS = ["street", "postcode", "city", "region", "country"];

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
        <MappingTable type={type} state={state} draft={draft} change={change} />
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

// A file of persons may carry their companies: the fields of a linked record can be filled too.
function useTargets(type: TypeMeta) {
  const dictionary = useDictionary();
  const own = (owner: TypeMeta, prefix: string, before: string) =>
    writable_fields(owner).flatMap((field) => {
      const label = before + dictionary.text(field.label, field.name);
      const value = prefix + field.name;
      if (field.kind === "file" || field.kind === "links") return [];
      if (field.kind !== "address") return [{ value, label, field }];
      return ADDRESS_PARTS.map((part) => ({
        value: `${value}.${part}`,
        label: `${label}: ${part}`,
        field,
      }));
    });
  const first = own(type, "", "");
  const linked = first.flatMap(({ value, label, field }) => {
    const target = field.kind === "link" ? dictionary.type(field.target ?? "") : undefined;
    if (!target) return [];
    return own(target, `${value}.`, `${label}: `).filter((entry) => entry.field.kind !== "link");
  });
  return [...first, ...linked].map(({ value, label }) => ({ value, label }));
}

function MappingTable({ type, state, draft, change }: Props) {
  const { t } = useLingui();
  const targets = useTargets(type);
  const field_of = (column: string) =>
    Object.keys(draft.mapping).find((field) => draft.mapping[field] === column) ?? null;
  const map = (column: string, field: string | null) => {
    const kept = Object.entries(draft.mapping).filter(
      ([name, from]) => from !== column && name !== field,
    );
    const mapping = Object.fromEntries(field ? [...kept, [field, column]] : kept);
    change({ ...draft, mapping, match: draft.match.filter((name) => name in mapping) });
  };
  const policies = [
    { value: "always", label: t`always` },
    { value: "if_empty", label: t`if empty` },
    { value: "never", label: t`only for new ones` },
  ];
  return (
    <div className="card table_scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t`Column`}</th>
            <th scope="col">{t`Examples`}</th>
            <th scope="col">{t`Field`}</th>
            <th scope="col">{t`Finds the record`}</th>
            <th scope="col">{t`Overwrites`}</th>
          </tr>
        </thead>
        <tbody>
          {state.columns.map((column) => {
            const field = field_of(column.name);
            return (
              <tr key={column.name}>
                <td>{column.name}</td>
                <td className={classes.sample}>{column.sample.filter(Boolean).join(" · ")}</td>
                <td>
                  <Select
                    size="xs"
                    w={220}
                    searchable
                    clearable
                    aria-label={t`Field for ${column.name}`}
                    placeholder={t`left out`}
                    data={targets}
                    value={field}
                    onChange={(next) => map(column.name, next)}
                  />
                </td>
                <td>
                  {field && (
                    <Checkbox
                      aria-label={t`${column.name} finds the record`}
                      checked={draft.match.includes(field)}
                      onChange={(event) =>
                        change({
                          ...draft,
                          match: event.currentTarget.checked
                            ? [...draft.match, field]
                            : draft.match.filter((name) => name !== field),
                        })
                      }
                    />
                  )}
                </td>
                <td>
                  {field && (
                    <NativeSelect
                      size="xs"
                      aria-label={t`${column.name} overwrites`}
                      data={policies}
                      value={draft.policy[field] ?? "always"}
                      onChange={(event) =>
                        change({
                          ...draft,
                          policy: { ...draft.policy, [field]: event.currentTarget.value },
                        })
                      }
                    />
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
