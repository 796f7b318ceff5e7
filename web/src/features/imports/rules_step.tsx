// SPDX-License-Identifier: Apache-2.0
// How a row finds its record, what it does to one that is there, and where the data come from.
import { useLingui } from "@lingui/react/macro";
import { Checkbox, NativeSelect, Radio, Select, Stack, TextInput } from "@mantine/core";
import { FieldInput } from "../../records/fields/field";
import { label_of } from "./import_columns";
import type { ImportDraft } from "./import_draft";
import classes from "./imports.module.css";
import type { StepProps } from "./step_props";
import { useTargets } from "./use_targets";

export function RulesStep({ type, draft, change }: StepProps) {
  const { t } = useLingui();
  return (
    <div className="stack" style={{ gap: 24 }}>
      <section>
        <h3 className={classes.subtitle}>{t`Where do the data come from?`}</h3>
        <SourceForm draft={draft} change={change} />
      </section>
      <section>
        <h3 className={classes.subtitle}>{t`How does a row find its record?`}</h3>
        <FieldRules type={type} draft={draft} change={change} />
      </section>
      <MatchRule draft={draft} change={change} />
      <Checkbox
        label={t`Put rows aside that resemble a record`}
        description={t`By the rules for duplicates; the run takes longer.`}
        checked={draft.duplicates === "ask"}
        onChange={(event) =>
          change({ ...draft, duplicates: event.currentTarget.checked ? "ask" : "ignore" })
        }
      />
    </div>
  );
}

type Part = Pick<StepProps, "draft" | "change">;

function SourceForm({ draft, change }: Part) {
  const { t } = useLingui();
  const set = (part: Partial<ImportDraft["source"]>) =>
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

function FieldRules({ type, draft, change }: Pick<StepProps, "type" | "draft" | "change">) {
  const { t } = useLingui();
  const targets = useTargets(type);
  const fields = [...Object.keys(draft.mapping), ...Object.keys(draft.constants)];
  const match = (field: string, is_key: boolean) =>
    change({
      ...draft,
      match: is_key ? [...draft.match, field] : draft.match.filter((one) => one !== field),
    });
  return (
    <div className="card table_scroll">
      <table className="table table_cards">
        <thead>
          <tr>
            <th scope="col">{t`Field`}</th>
            <th scope="col">{t`Finds the record`}</th>
            <th scope="col">{t`Overwrites`}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const name = label_of(targets, field);
            return (
              <tr key={field}>
                <td data-head>{name}</td>
                <td data-label={t`Finds the record`}>
                  <Checkbox
                    aria-label={t`${name} finds the record`}
                    checked={draft.match.includes(field)}
                    onChange={(event) => match(field, event.currentTarget.checked)}
                  />
                </td>
                <td data-label={t`Overwrites`}>
                  <NativeSelect
                    size="xs"
                    aria-label={t`${name} overwrites`}
                    data={[
                      { value: "always", label: t`always` },
                      { value: "if_empty", label: t`if empty` },
                      { value: "never", label: t`only for new ones` },
                    ]}
                    value={
                      draft.policy[field] ?? (draft.match.includes(field) ? "never" : "always")
                    }
                    onChange={(event) =>
                      change({
                        ...draft,
                        policy: { ...draft.policy, [field]: event.currentTarget.value },
                      })
                    }
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function MatchRule({ draft, change }: Part) {
  const { t } = useLingui();
  if (!draft.match.length)
    return <p className="dim">{t`No field finds a record: every row becomes a new one.`}</p>;
  const rules = [
    ["update", t`Change it`, t`Each field as said above.`],
    ["skip", t`Leave the row out`, t`The record stays as it is.`],
    ["create", t`Make another record`, t`Even if it is a duplicate.`],
    ["ask", t`Put the row aside`, t`You decide for each row, or for all, before or after the run.`],
  ] as const;
  return (
    <Radio.Group
      label={t`When the record is there already`}
      value={draft.on_match}
      onChange={(on_match) => change({ ...draft, on_match })}
    >
      <Stack gap={8} mt={8}>
        {rules.map(([value, label, description]) => (
          <Radio key={value} value={value} label={label} description={description} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
