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
import { TermInput } from "./term_input";

interface FormProps {
  type: TypeMeta;
  condition: Condition | null;
  save: (next: Condition) => void;
}

function start_condition(field: FieldMeta): Condition {
  const first = choices_for(field.kind)[0]!;
  return { field: field.name, operator: first.operator, negated: first.negated, terms: [] };
}

export default function ConditionForm({ type, condition, save }: FormProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const [draft, set_draft] = useState<Condition | null>(condition);
  const form = useRef<HTMLFormElement>(null);
  // The popover looked for what to give the keyboard to before this was loaded.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  }, []);
  const field = draft ? dictionary.field(type, draft.field) : undefined;
  const inside = { withinPortal: false } as const;
  const fields = type.fields
    .filter((entry) => !entry.hidden)
    .map((entry) => ({ value: entry.name, label: dictionary.text(entry.label, entry.name) }));
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
        value={draft?.field ?? null}
        searchable
        data-autofocus={!condition || undefined}
        openOnFocus={false}
        comboboxProps={inside}
        onChange={(name) => {
          const next = type.fields.find((entry) => entry.name === name);
          if (next) set_draft(start_condition(next));
        }}
      />
      {draft && field && (
        <>
          <Select
            label={t`Comparison`}
            allowDeselect={false}
            comboboxProps={inside}
            data={choices_for(field.kind).map((entry) => ({
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
            <TermInput
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
