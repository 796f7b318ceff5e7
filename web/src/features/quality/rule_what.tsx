// SPDX-License-Identifier: Apache-2.0
// Which records are wrong: those of which a check of a field says so, or those that fit conditions.
import { useLingui } from "@lingui/react/macro";
import {
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useState } from "react";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../../records/dictionary";
import { FilterChips } from "../../records/filter/filter_chips";
import { parse_filter } from "../../records/filter/filter_text";
import marks from "./quality.module.css";
import { fields_for, type RuleDraft } from "./rule_draft";
import classes from "./rules.module.css";
import type { Check, CheckParam } from "./types";

const FILTER_MAX = 2000;

interface Props {
  type: TypeMeta;
  draft: RuleDraft;
  checks: Check[];
  check: Check | undefined;
  change: (part: Partial<RuleDraft>) => void;
  error_of: (field: string) => string | undefined;
}

export function RuleWhat(props: Props) {
  const { t } = useLingui();
  const { type, draft, check, change, error_of } = props;
  const dictionary = useDictionary();
  const by_check = draft.by === "check";
  return (
    <fieldset className={classes.what}>
      <legend>{t`Records are wrong`}</legend>
      <SegmentedControl
        size="xs"
        aria-label={t`How they are found`}
        value={draft.by}
        data={[
          { value: "filter", label: t`that fit conditions` },
          { value: "check", label: t`that a check finds` },
        ]}
        onChange={(by) => change({ by: by as RuleDraft["by"], fix: "none" })}
      />
      {by_check ? <CheckPart {...props} /> : <FilterPart {...props} />}
      <Select
        label={by_check ? t`Field that is checked` : t`Field that it is shown at`}
        description={
          by_check ? undefined : t`May be left empty: it is about the whole record then.`
        }
        clearable
        searchable
        value={draft.field || null}
        error={error_of("field")}
        data={fields_for(type, check).map((field) => ({
          value: field.name,
          label: dictionary.text(field.label, field.name),
        }))}
        onChange={(field) => change({ field: field ?? "", fix: "none", fix_value: null })}
      />
    </fieldset>
  );
}

function FilterPart({ type, draft, change, error_of }: Props) {
  const { t } = useLingui();
  const conditions = parse_filter(draft.filter);
  const [wants_text, set_wants_text] = useState(!conditions);
  const as_text = wants_text || !conditions;
  return (
    <div>
      {as_text ? (
        <Textarea
          label={t`Conditions as text`}
          autosize
          maxLength={FILTER_MAX}
          spellCheck={false}
          placeholder="email empty and phone empty"
          value={draft.filter}
          onChange={(event) => change({ filter: event.currentTarget.value })}
        />
      ) : (
        <div className={classes.conditions}>
          <FilterChips
            type={type}
            conditions={conditions}
            change={(filter) => change({ filter })}
          />
        </div>
      )}
      {error_of("filter") && (
        <p role="alert" className={marks.problem}>
          {error_of("filter")}
        </p>
      )}
      <button
        type="button"
        className={`plain ${classes.as_text}`}
        disabled={as_text && !conditions}
        onClick={() => set_wants_text(!as_text)}
      >
        {as_text ? t`Edit as conditions` : t`Edit as text`}
      </button>
    </div>
  );
}

function CheckPart({ type, draft, checks, check, change, error_of }: Props) {
  const { t } = useLingui();
  return (
    <>
      <Select
        label={t`Check`}
        searchable
        allowDeselect={false}
        value={draft.check || null}
        error={error_of("check")}
        data={checks.map((one) => ({ value: one.name, label: one.label }))}
        onChange={(name) => {
          const next = checks.find((one) => one.name === name);
          const [only, ...others] = next?.kinds.length ? fields_for(type, next) : [];
          change({
            check: name ?? "",
            params: {},
            field: only && !others.length ? only.name : "",
            fix: next?.suggests ? "suggestion" : "none",
          });
        }}
      />
      {check?.params.map((param) => (
        <ParamInput
          key={param.name}
          type={type}
          param={param}
          value={draft.params[param.name] ?? param.default}
          error={error_of(`params.${param.name}`)}
          change={(value) => change({ params: { ...draft.params, [param.name]: value } })}
        />
      ))}
    </>
  );
}

interface ParamProps {
  type: TypeMeta;
  param: CheckParam;
  value: unknown;
  error: string | undefined;
  change: (value: unknown) => void;
}

function ParamInput({ type, param, value, error, change }: ParamProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const words: Record<string, string> = {
    fields: t`Fields`,
    days: t`Days`,
    at_least: t`At least so many of them`,
  };
  const label = words[param.name] ?? param.name;
  if (param.kind === "integer") {
    return (
      <NumberInput
        label={label}
        allowDecimal={false}
        hideControls={false}
        value={typeof value === "number" ? value : ""}
        error={error}
        onChange={(next) => change(next === "" ? null : Number(next))}
      />
    );
  }
  if (param.kind === "fields") {
    return (
      <MultiSelect
        label={label}
        searchable
        value={Array.isArray(value) ? value.map(String) : []}
        error={error}
        data={fields_for(type, undefined).map((field) => ({
          value: field.name,
          label: dictionary.text(field.label, field.name),
        }))}
        onChange={change}
      />
    );
  }
  return (
    <TextInput
      label={label}
      value={typeof value === "string" ? value : ""}
      error={error}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
