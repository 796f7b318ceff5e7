// SPDX-License-Identifier: Apache-2.0
// What is suggested for what a rule finds.
import { useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../../records/dictionary";
import { FieldInput } from "../../records/fields/field";
import { to_wire } from "../../records/fields/field_parts";
import { fixes_for, type RuleDraft } from "./rule_draft";
import { useFixWords } from "./rule_words";
import classes from "./rules.module.css";
import type { Check, Fix } from "./types";

interface Props {
  type: TypeMeta;
  draft: RuleDraft;
  check: Check | undefined;
  change: (part: Partial<RuleDraft>) => void;
  error_of: (field: string) => string | undefined;
}

export function RuleFix({ type, draft, check, change, error_of }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const words = useFixWords();
  const field = draft.field ? dictionary.field(type, draft.field) : undefined;
  const possible = fixes_for(field, check);
  // What is stored stays to be seen, also when it would not be offered.
  const fixes = possible.includes(draft.fix) ? possible : [...possible, draft.fix];
  return (
    <div className={classes.pair}>
      <Select
        label={t`Suggested is`}
        allowDeselect={false}
        value={draft.fix}
        error={error_of("fix")}
        data={fixes.map((fix) => ({ value: fix, label: words[fix] }))}
        onChange={(fix) => change({ fix: (fix ?? "none") as Fix, fix_value: null })}
      />
      {draft.fix === "set" && field && (
        <FieldInput
          key={field.name}
          field={field}
          label={t`The value`}
          value={draft.fix_value}
          error={error_of("fix_value")}
          on_change={(value) => change({ fix_value: to_wire(value) })}
        />
      )}
    </div>
  );
}
