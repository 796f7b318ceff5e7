// SPDX-License-Identifier: Apache-2.0
// The columns of a file: a table, and on a phone a card for each.
import { useLingui } from "@lingui/react/macro";
import { Checkbox, NativeSelect, Select } from "@mantine/core";
import type { ImportColumn, ImportState, TypeMeta } from "../../api/types";
import { writable_fields } from "../../records/create_dialog";
import { useDictionary } from "../../records/dictionary";
import type { MappingDraft } from "./import_mapping";
import classes from "./imports.module.css";

const FINDS = ["name", "email"];

// A file of persons may carry their companies: the fields of a linked record can be filled too.
function useTargets(type: TypeMeta) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const address_parts = [
    ["street", t`Street`],
    ["postcode", t`Postcode`],
    ["city", t`City`],
    ["region", t`Region`],
    ["country", t`Country`],
  ];
  const own = (owner: TypeMeta, prefix: string, before: string) =>
    writable_fields(owner).flatMap((field) => {
      const label = before + dictionary.text(field.label, field.name);
      const value = prefix + field.name;
      if (field.kind === "file") return [];
      if (field.kind === "money") {
        const currency = { value: `${value}.currency`, label: `${label}: ${t`Currency`}`, field };
        return [{ value, label, field }, currency];
      }
      if (field.kind !== "address") return [{ value, label, field }];
      return address_parts.map(([part, words]) => ({
        value: `${value}.${part}`,
        label: `${label}: ${words}`,
        field,
      }));
    });
  const first = own(type, "", "");
  const linked = first.flatMap(({ value, label, field }) => {
    const target = field.kind === "link" ? dictionary.type(field.target ?? "") : undefined;
    if (!target) return [];
    const inner = own(target, `${value}.`, `${label}: `);
    // Users are found, by what names them, and never made by a file.
    if (target.system) return inner.filter((entry) => FINDS.includes(entry.field.name));
    return inner.filter((entry) => entry.field.kind !== "link" && entry.field.kind !== "links");
  });
  const kinds = [
    ["phone", t`Phone`],
    ["email", t`E-mail`],
    ["url", t`Web address`],
    ["address", t`Address`],
  ];
  const points = (type.contact_points ? kinds : []).map(([kind, words]) => ({
    value: `contact_points.${kind}`,
    label: `${t`Contact points`}: ${words}`,
  }));
  return [...first, ...linked, ...points].map(({ value, label }) => ({ value, label }));
}

interface Props {
  type: TypeMeta;
  state: ImportState;
  draft: MappingDraft;
  change: (draft: MappingDraft) => void;
}

export function ImportColumns({ type, state, draft, change }: Props) {
  const { t } = useLingui();
  const targets = useTargets(type);
  return (
    <div className="card table_scroll">
      <table className="table table_cards">
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
          {state.columns.map((column) => (
            <ColumnRow
              key={column.name}
              column={column}
              targets={targets}
              draft={draft}
              change={change}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps extends Pick<Props, "draft" | "change"> {
  column: ImportColumn;
  targets: { value: string; label: string }[];
}

function ColumnRow({ column, targets, draft, change }: RowProps) {
  const { t } = useLingui();
  const { name, sample } = column;
  const field = Object.keys(draft.mapping).find((key) => draft.mapping[key] === name) ?? null;
  return (
    <tr>
      <td data-head>{name}</td>
      <td className={classes.sample}>{sample.filter(Boolean).join(" · ")}</td>
      <td className={classes.target}>
        <Select
          size="xs"
          searchable
          clearable
          aria-label={t`Field for ${name}`}
          placeholder={t`left out`}
          data={targets}
          value={field}
          onChange={(next) => change(with_field(draft, name, next))}
        />
      </td>
      <td data-label={t`Finds the record`}>
        {field && (
          <Checkbox
            aria-label={t`${name} finds the record`}
            checked={draft.match.includes(field)}
            onChange={(event) =>
              change({
                ...draft,
                match: event.currentTarget.checked
                  ? [...draft.match, field]
                  : draft.match.filter((one) => one !== field),
              })
            }
          />
        )}
      </td>
      <td data-label={t`Overwrites`}>
        {field && <PolicyInput name={name} field={field} draft={draft} change={change} />}
      </td>
    </tr>
  );
}

// A column fills one field, and a field is filled from one column.
function with_field(draft: MappingDraft, column: string, field: string | null): MappingDraft {
  const kept = Object.entries(draft.mapping).filter(
    ([name, from]) => from !== column && name !== field,
  );
  const mapping = Object.fromEntries(field ? [...kept, [field, column]] : kept);
  return { ...draft, mapping, match: draft.match.filter((name) => name in mapping) };
}

interface PolicyProps extends Pick<Props, "draft" | "change"> {
  name: string;
  field: string;
}

function PolicyInput({ name, field, draft, change }: PolicyProps) {
  const { t } = useLingui();
  return (
    <NativeSelect
      size="xs"
      aria-label={t`${name} overwrites`}
      data={[
        { value: "always", label: t`always` },
        { value: "if_empty", label: t`if empty` },
        { value: "never", label: t`only for new ones` },
      ]}
      value={draft.policy[field] ?? "always"}
      onChange={(event) =>
        change({ ...draft, policy: { ...draft.policy, [field]: event.currentTarget.value } })
      }
    />
  );
}
