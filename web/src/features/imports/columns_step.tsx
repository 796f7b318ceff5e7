// SPDX-License-Identifier: Apache-2.0
// Which column fills which field, and what is the same for all rows.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Select, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconTrash } from "@tabler/icons-react";
import { number_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import { ImportColumns, label_of } from "./import_columns";
import { with_constant } from "./import_draft";
import classes from "./imports.module.css";
import type { StepProps } from "./step_props";
import { type Target, useTargets } from "./use_targets";

export function ColumnsStep(props: StepProps) {
  const { t } = useLingui();
  const { type, state, draft, change, save } = props;
  const targets = useTargets(type);
  return (
    <section className="stack">
      <p className="dim small">{t`What looked clear is filled in already.`}</p>
      <Problems {...props} />
      <ImportColumns
        type={type}
        import_id={state.id}
        columns={state.columns}
        targets={targets}
        draft={draft}
        change={change}
        save={save}
      />
      <Constants {...props} targets={targets} />
    </section>
  );
}

// What a row cannot do without.
function Problems({ type, state, draft }: StepProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const filled = new Set(
    [...Object.keys(draft.mapping), ...Object.keys(draft.constants)].flatMap((key) => [
      key,
      key.split(".")[0] ?? key,
    ]),
  );
  const has_name = ["first_name", "last_name", "name"].some((name) => filled.has(name));
  const missing = type.fields
    .filter((field) => field.required && !field.read_only && !field.hidden)
    .filter((field) => !filled.has(field.name) && !(field.name === "name" && has_name))
    .map((field) => dictionary.text(field.label, field.name))
    .join(", ");
  const used = new Set(Object.values(draft.mapping));
  const unused = state.columns.filter((column) => !used.has(column.name)).length;
  const count = number_text(unused, 0);
  return (
    <>
      {missing && (
        <p className={classes.notes}>
          <IconAlertTriangle size={15} aria-hidden />
          {t`New records need: ${missing}`}
        </p>
      )}
      {unused > 0 && <p className="dim small">{t`Columns that are left out: ${count}`}</p>}
    </>
  );
}

function Constants({ draft, change, targets }: StepProps & { targets: Target[] }) {
  const { t } = useLingui();
  const free = targets.filter(
    ({ value }) => !(value in draft.mapping) && !(value in draft.constants),
  );
  return (
    <section className="card" style={{ padding: 16 }}>
      <h3 className={classes.subtitle}>{t`The same in every row`}</h3>
      <div className="stack">
        {Object.entries(draft.constants).map(([field, value]) => (
          <div key={field} className="row">
            <TextInput
              className="grow"
              maw={300}
              label={label_of(targets, field)}
              value={value}
              onChange={(event) => change(with_constant(draft, field, event.currentTarget.value))}
            />
            <ActionIcon
              variant="subtle"
              size={28}
              mt={22}
              aria-label={t`Remove: ${label_of(targets, field)}`}
              onClick={() => change(with_constant(draft, field, null))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </div>
        ))}
        <Select
          maw={300}
          searchable
          label={t`Give a field a fixed value`}
          placeholder={t`Choose a field`}
          data={free}
          value={null}
          onChange={(field) => field && change(with_constant(draft, field, ""))}
        />
      </div>
    </section>
  );
}
