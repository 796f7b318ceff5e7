// SPDX-License-Identifier: Apache-2.0
// The value of a condition, entered as its field kind wants it.
import { useLingui } from "@lingui/react/macro";
import { Checkbox, MultiSelect, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import type { FieldMeta, Ref } from "../../api/types";
import { country_text, language_text } from "../../base/format";
import { useDictionary } from "../dictionary";
import { country_codes } from "../fields/country/codes";
import { RecordSelect } from "../fields/link/record_select";
import { useTranslate } from "../use_translate";
import { ClockTerm } from "./clock_term";
import type { Operator, Term } from "./filter_text";
import { PERIODS } from "./operators";
import classes from "./term_input.module.css";
import { bare_of, chosen_names } from "./term_text";

interface Props {
  field: FieldMeta;
  operator: Operator;
  terms: Term[];
  change: (terms: Term[]) => void;
}

const LANGUAGE_CODES = "da en nb sv fi is de nl fr es pt it pl uk ru el".split(" ");
// So many options are shown at once; more are searched.
const CHECKBOXES_MAX = 16;
export function TermInput(props: Props) {
  const { kind } = props.field;
  const { operator, terms, change } = props;
  if (operator === "weekday" || operator === "hour")
    return <ClockTerm operator={operator} terms={terms} change={change} />;
  if (props.field.list || kind === "country" || kind === "language")
    return <ManyInput {...props} />;
  if (kind === "link" || kind === "user" || kind === "group") return <RecordTerm {...props} />;
  if (kind === "boolean") return <YesNo {...props} />;
  if (kind === "date" || kind === "instant") return <TimeTerm {...props} />;
  const number = kind === "integer" || kind === "decimal" || kind === "money";
  return <Typed {...props} type={number ? "number" : "text"} />;
}

function ManyInput({ field, terms, change }: Props) {
  const { t } = useLingui();
  const { items, text, language } = useDictionary();
  const options = useMemo(() => {
    if (field.list)
      return items(field.list).map((entry) => ({
        value: entry.key,
        label: text(entry.label, entry.key),
      }));
    const codes = field.kind === "country" ? country_codes() : LANGUAGE_CODES;
    const name = field.kind === "country" ? country_text : language_text;
    return codes
      .map((code) => ({ value: code, label: name(code) }))
      .sort((left, right) => left.label.localeCompare(right.label, language));
  }, [field, items, text, language]);
  const keys = terms.map(bare_of);
  const set = (next: string[]) => change(next.map((text) => ({ text })));
  if (options.length <= CHECKBOXES_MAX) {
    return (
      <Checkbox.Group label={t`Values`} value={keys} onChange={set} className={classes.options}>
        {options.map((option) => (
          <Checkbox key={option.value} value={option.value} label={option.label} />
        ))}
      </Checkbox.Group>
    );
  }
  return (
    <MultiSelect
      label={t`Values`}
      data={options}
      searchable
      limit={60}
      comboboxProps={{ withinPortal: false }}
      value={keys}
      onChange={set}
    />
  );
}

function RecordTerm({ field, terms, change }: Props) {
  const { t } = useLingui();
  const { type, me } = useDictionary();
  const target = field.target ?? field.kind;
  const value = bare_of(terms[0]);
  const [ref, set_ref] = useState<Ref | null>(
    /^\d+$/.test(value)
      ? { id: Number(value), name: chosen_names.get(`${target}/${value}`) ?? value }
      : null,
  );
  const mine = field.kind === "group" ? "my_group" : "me";
  return (
    <div className="stack">
      {field.kind !== "link" && (
        <Checkbox
          label={mine === "me" ? me.name : t`My group`}
          checked={value === mine}
          onChange={(event) => change(event.currentTarget.checked ? [{ bare: mine }] : [])}
        />
      )}
      {value !== mine && (
        <RecordSelect
          plural={type(target)?.plural ?? `${target}s`}
          value={ref}
          label={t`Value`}
          aria_label={t`Value`}
          on_change={(next) => {
            set_ref(next);
            if (next) chosen_names.set(`${target}/${next.id}`, next.name);
            change(next ? [{ bare: String(next.id) }] : []);
          }}
        />
      )}
    </div>
  );
}

function YesNo({ terms, change }: Props) {
  const { t } = useLingui();
  return (
    <SegmentedControl
      fullWidth
      aria-label={t`Value`}
      value={bare_of(terms[0]) || ""}
      data={[
        { value: "true", label: t`Yes` },
        { value: "false", label: t`No` },
      ]}
      onChange={(value) => change([{ bare: value }])}
    />
  );
}

function TimeTerm(props: Props) {
  const { t } = useLingui();
  const translate = useTranslate();
  if (props.operator !== "in") return <Typed {...props} type="date" />;
  return (
    <Select
      label={t`Period`}
      data={PERIODS.map((entry) => ({ value: entry.value, label: translate(entry.label) }))}
      value={bare_of(props.terms[0]) || null}
      comboboxProps={{ withinPortal: false }}
      onChange={(value) => props.change(value ? [{ bare: value }] : [])}
    />
  );
}

function Typed({ operator, terms, change, type }: Props & { type: "text" | "number" | "date" }) {
  const { t } = useLingui();
  const make = (value: string): Term => (type === "text" ? { text: value } : { bare: value });
  const set = (place: number, value: string) => {
    const next = [0, operator === "between" ? 1 : 0].map((slot) =>
      slot === place ? value : bare_of(terms[slot]),
    );
    const wanted = operator === "between" ? next : [value];
    change(
      wanted.every(Boolean)
        ? wanted.map(make)
        : wanted.some(Boolean) && operator === "between"
          ? wanted.map(make)
          : [],
    );
  };
  return (
    <div className="row">
      <TextInput
        className="grow"
        type={type}
        label={operator === "between" ? t`From` : t`Value`}
        value={bare_of(terms[0])}
        onChange={(event) => set(0, event.currentTarget.value)}
      />
      {operator === "between" && (
        <TextInput
          className="grow"
          type={type}
          label={t`To`}
          value={bare_of(terms[1])}
          onChange={(event) => set(1, event.currentTarget.value)}
        />
      )}
    </div>
  );
}
