// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, MultiSelect, Select } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../../records/dictionary";
import { FilterChips } from "../../records/filter/filter_chips";
import { parse_filter } from "../../records/filter/filter_text";
import { useTranslate } from "../../records/use_translate";
import own from "./builder.module.css";
import { group_fields, is_time, measured_fields, needs_field } from "./builder_rules";
import type { Definition, GroupBy, Measure, MeasureKind } from "./types";
import { MEASURES, UNITS } from "./words";

const MEASURES_MAX = 4;
const COLUMNS_MAX = 12;
const OFFERED: MeasureKind[] = [
  "count",
  "sum",
  "average",
  "weighted",
  "minimum",
  "maximum",
  "median",
  "distinct",
  "ratio",
];

interface Props {
  type: TypeMeta;
  draft: Definition;
  change: (part: Partial<Definition>) => void;
}

export function MeasureInputs({ type, draft, change }: Props) {
  const { t } = useLingui();
  const measures: Measure[] = draft.measures?.length ? draft.measures : [{ kind: "count" }];
  const several =
    (draft.group_by?.length ?? 0) < 2 &&
    draft.currency !== "own" &&
    !["pie", "donut", "funnel", "gauge", "column_line"].includes(draft.presentation);
  const replace = (index: number, next: Measure | null) =>
    change({
      measures: measures.flatMap((one, place) => (place === index ? (next ? [next] : []) : [one])),
    });
  return (
    <fieldset className={own.fieldset}>
      <legend>{t`Measured`}</legend>
      {measures.map((measure, index) => (
        <MeasureRow
          key={index}
          type={type}
          measure={measure}
          change={(next) => replace(index, next)}
          remove={several && measures.length > 1 ? () => replace(index, null) : undefined}
        />
      ))}
      {several && measures.length < MEASURES_MAX && (
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={14} />}
          className={own.more}
          onClick={() => change({ measures: [...measures, { kind: "count" }] })}
        >
          {t`One more number`}
        </Button>
      )}
    </fieldset>
  );
}

interface RowProps {
  type: TypeMeta;
  measure: Measure;
  change: (measure: Measure) => void;
  remove: (() => void) | undefined;
}

function MeasureRow({ type, measure, change, remove }: RowProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const kinds = OFFERED.includes(measure.kind) ? OFFERED : [measure.kind, ...OFFERED];
  const usable = kinds.filter((kind) => !needs_field(kind) || measured_fields(type, kind).length);
  return (
    <div className={own.pair}>
      <Select
        aria-label={t`Measure`}
        allowDeselect={false}
        value={measure.kind}
        data={usable.map((kind) => ({ value: kind, label: translate(MEASURES[kind]) }))}
        onChange={(value) => {
          const kind = value as MeasureKind;
          if (kind === "ratio") {
            change({ kind, filter: "", over: { kind: "count" } });
            return;
          }
          const fields = measured_fields(type, kind);
          const field = fields.find((one) => one.name === measure.field) ?? fields[0];
          change(needs_field(kind) && field ? { kind, field: field.name } : { kind });
        }}
      />
      {needs_field(measure.kind) && (
        <Select
          aria-label={t`Field`}
          allowDeselect={false}
          value={measure.field ?? null}
          data={measured_fields(type, measure.kind).map((field) => ({
            value: field.name,
            label: dictionary.text(field.label, field.name),
          }))}
          onChange={(field) => field && change({ ...measure, field })}
        />
      )}
      {measure.kind === "ratio" && !measure.field && (
        // The form of a condition lies inside this one for React, though not for the page.
        <fieldset className={own.ratio} onSubmit={(event) => event.stopPropagation()}>
          <legend className="visually_hidden">{t`Proportion of those that`}</legend>
          <FilterChips
            type={type}
            conditions={parse_filter(measure.filter ?? "") ?? []}
            change={(filter) => change({ ...measure, filter })}
          />
        </fieldset>
      )}
      {remove && (
        <ActionIcon aria-label={t`Remove the number`} onClick={remove} className={own.pair_end}>
          <IconX size={15} />
        </ActionIcon>
      )}
    </div>
  );
}

const NO_GROUPS = ["number", "gauge"];
const ONE_GROUP = ["pie", "donut", "funnel", "column_line"];

export function GroupInputs({ type, draft, change }: Props) {
  const { t } = useLingui();
  if (NO_GROUPS.includes(draft.presentation)) return null;
  const groups = draft.group_by ?? [];
  const second = !ONE_GROUP.includes(draft.presentation) && (draft.measures?.length ?? 1) < 2;
  const replace = (index: number, next: GroupBy | null) => {
    const list = [...groups];
    if (next) list[index] = next;
    else list.splice(index, 1);
    change(
      list.length > 1 ? { group_by: list, comparison: undefined as never } : { group_by: list },
    );
  };
  return (
    <fieldset className={own.fieldset}>
      <legend>{t`Divided by`}</legend>
      <GroupRow type={type} group={groups[0]} change={(next) => next && replace(0, next)} />
      {second && groups.length > 0 && (
        <GroupRow type={type} group={groups[1]} change={(next) => replace(1, next)} optional />
      )}
    </fieldset>
  );
}

interface GroupProps {
  type: TypeMeta;
  group: GroupBy | undefined;
  change: (group: GroupBy | null) => void;
  optional?: boolean;
}

function GroupRow({ type, group, change, optional }: GroupProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const name = typeof group === "string" ? group : group?.field;
  const field = name ? dictionary.field(type, name) : undefined;
  const fields = group_fields(type).map((one) => ({
    value: one.name,
    label: dictionary.text(one.label, one.name),
  }));
  // A path across a link that the list does not offer stays choosable.
  if (name && !fields.some((one) => one.value === name))
    fields.unshift({ value: name, label: dictionary.text(field?.label, name) });
  return (
    <div className={own.pair}>
      <Select
        aria-label={optional ? t`Second field` : t`Field`}
        placeholder={optional ? t`and by …` : ""}
        searchable
        clearable={!!optional}
        allowDeselect={false}
        data={fields}
        value={name ?? null}
        onChange={(value) => {
          const next = value ? dictionary.field(type, value) : undefined;
          change(value ? (is_time(next) ? { field: value, by: "month" } : value) : null);
        }}
      />
      {is_time(field) && name && (
        <Select
          aria-label={t`Time step`}
          allowDeselect={false}
          value={typeof group === "object" ? group.by : "day"}
          // A day has no hours.
          data={UNITS.filter((unit) => unit.value !== "hour" || field?.kind === "instant").map(
            (unit) => ({ value: unit.value, label: translate(unit.label) }),
          )}
          onChange={(by) => change({ field: name, by: (by ?? "month") as "month" })}
        />
      )}
    </div>
  );
}

export function ColumnsInput({ type, draft, change }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const fields = type.fields
    .filter((field) => !field.hidden)
    .map((field) => ({ value: field.name, label: dictionary.text(field.label, field.name) }));
  const sort = draft.sort ?? "";
  return (
    <>
      <MultiSelect
        label={t`Columns`}
        data={fields}
        searchable
        maxValues={COLUMNS_MAX}
        value={draft.columns ?? []}
        onChange={(columns) => change({ columns })}
      />
      <Select
        label={t`In the order of`}
        clearable
        data={fields.flatMap((field) => [
          { value: field.value, label: `${field.label} ↑` },
          { value: `-${field.value}`, label: `${field.label} ↓` },
        ])}
        value={sort || null}
        onChange={(value) => change({ sort: value ?? "" })}
      />
    </>
  );
}
