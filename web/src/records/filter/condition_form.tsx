// SPDX-License-Identifier: Apache-2.0
// Loaded when the first condition is made: its inputs are heavier than the list itself.
import { useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { FieldMeta, TypeMeta } from "../../api/types";
import { useDictionary } from "../dictionary";
import { useTranslate } from "../use_translate";
import type { Condition } from "./filter_text";
import { choice_of, choices_for } from "./operators";
import { NOTICES, origin_of, told_field, useOriginLabel } from "./origin_fields";
import { OriginTerm } from "./origin_term";
import { TermInput } from "./term_input";

interface FormProps {
  type: TypeMeta;
  condition: Condition | null;
  origins: boolean;
  save: (next: Condition) => void;
}

function start_condition(field: FieldMeta): Condition {
  const first = choices_for(field.kind)[0]!;
  return { field: field.name, operator: first.operator, negated: first.negated, terms: [] };
}

export default function ConditionForm({ type, condition, origins, save }: FormProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const [draft, set_draft] = useState<Condition | null>(condition);
  const form = useRef<HTMLFormElement>(null);
  // The popover looked for what to give the keyboard to before this was loaded.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  }, []);
  const told = draft ? told_field(draft.field) : undefined;
  const field = told ?? (draft ? dictionary.field(type, draft.field) : undefined);
  const origin_label = useOriginLabel(type);
  const inside = { withinPortal: false } as const;
  const notices = origins && type.about_person ? NOTICES.map((one) => `notice(${one})`) : [];
  const fields = [
    ...type.fields
      .filter((entry) => !entry.hidden)
      .map((entry) => ({ value: entry.name, label: dictionary.text(entry.label, entry.name) })),
    ...notices.map((path) => ({ value: path, label: origin_label(path) ?? path })),
  ];
  const origin = draft && origin_of(draft.field);
  const of_value = origin && origin.about !== "notice" ? origin.field : draft?.field;
  const choices = choices_for(field?.kind ?? "text").filter(
    (entry) => !told || entry.operator !== "weekday",
  );
  const Terms = told ? OriginTerm : TermInput;
  const complete = draft && (draft.operator === "empty" || draft.terms.length > 0);
  return (
    <form
      ref={form}
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (draft && complete) save(draft);
      }}
    >
      <Select
        label={t`Field`}
        data={fields}
        value={of_value ?? null}
        searchable
        data-autofocus={!condition || undefined}
        openOnFocus={false}
        comboboxProps={inside}
        onChange={(name) => {
          const next = told_field(name ?? "") ?? type.fields.find((entry) => entry.name === name);
          if (next) set_draft(start_condition(next));
        }}
      />
      {origins && of_value && origin?.about !== "notice" && (
        <AboutSelect
          about={origin?.about ?? "value"}
          change={(about) => {
            const path = about === "value" ? of_value : `${about}(${of_value})`;
            const next = told_field(path) ?? dictionary.field(type, path);
            if (next) set_draft({ ...start_condition(next), field: path });
          }}
        />
      )}
      {draft && field && (
        <>
          <Select
            label={t`Comparison`}
            allowDeselect={false}
            comboboxProps={inside}
            data={choices.map((entry) => ({
              value: entry.key,
              label: translate(entry.label),
            }))}
            value={choice_of(draft, field.kind)?.key ?? null}
            onChange={(key) => {
              const next = choices_for(field.kind).find((entry) => entry.key === key);
              if (!next) return;
              const same = next.operator === draft.operator;
              set_draft({
                ...draft,
                operator: next.operator,
                negated: next.negated,
                terms: same ? draft.terms : [],
              });
            }}
          />
          {draft.operator !== "empty" && (
            <Terms
              key={draft.field + draft.operator}
              field={field}
              operator={draft.operator}
              terms={draft.terms}
              change={(terms) => set_draft({ ...draft, terms })}
            />
          )}
        </>
      )}
      <Button type="submit" disabled={!complete} fullWidth>
        {t`Show`}
      </Button>
    </form>
  );
}

// The value itself, or where it came from.
function AboutSelect({ about, change }: { about: string; change: (about: string) => void }) {
  const { t } = useLingui();
  return (
    <Select
      label={t`About`}
      allowDeselect={false}
      comboboxProps={{ withinPortal: false }}
      data={[
        { value: "value", label: t`the value` },
        { value: "source", label: t`where it came from` },
        { value: "source_name", label: t`the name of the source` },
        { value: "obtained_at", label: t`the day it was obtained` },
        { value: "batch", label: t`the change set` },
      ]}
      value={about}
      onChange={(next) => next && change(next)}
    />
  );
}
