// SPDX-License-Identifier: Apache-2.0
// The columns of a file and the fields that they fill: a table, and on a phone a card for each.
import { useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { ImportColumn, TypeMeta } from "../../api/types";
import { useDictionary } from "../../records/dictionary";
import { type ImportDraft, with_field, with_steps } from "./import_draft";
import classes from "./imports.module.css";
import { TransformDialog } from "./transform_dialog";
import { StepsText } from "./transform_text";
import type { Target } from "./use_targets";

interface Props {
  type: TypeMeta;
  import_id: number;
  columns: ImportColumn[];
  targets: Target[];
  draft: ImportDraft;
  change: (draft: ImportDraft) => void;
  save: () => Promise<unknown>;
}

export function ImportColumns(props: Props) {
  const { t } = useLingui();
  const { columns, draft, change } = props;
  const [changing, set_changing] = useState<string | null>(null);
  const dictionary = useDictionary();
  const choices_of = (path: string) => {
    const items = dictionary.items(dictionary.field(props.type, path)?.list);
    return [...new Set(items.map((item) => dictionary.text(item.label, item.key)))];
  };
  return (
    <div className="card table_scroll">
      <table className="table table_cards">
        <thead>
          <tr>
            <th scope="col">{t`Column`}</th>
            <th scope="col">{t`Examples`}</th>
            <th scope="col">{t`Field`}</th>
            <th scope="col">{t`Changed on the way`}</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((column) => (
            <ColumnRow key={column.name} {...props} column={column} open={set_changing} />
          ))}
        </tbody>
      </table>
      {changing !== null && (
        <TransformDialog
          import_id={props.import_id}
          field={changing}
          label={label_of(props.targets, changing)}
          choices={choices_of(changing)}
          steps={draft.transforms[changing] ?? []}
          save={props.save}
          change={(steps) => change(with_steps(draft, changing, steps))}
          close={() => set_changing(null)}
        />
      )}
    </div>
  );
}

export const label_of = (targets: Target[], field: string): string =>
  targets.find((target) => target.value === field)?.label ?? field;

interface RowProps extends Props {
  column: ImportColumn;
  open: (field: string) => void;
}

// A column that is divided fills several fields: each has a line in its row.
function ColumnRow({ column, targets, draft, change, open }: RowProps) {
  const { t } = useLingui();
  const { name, sample } = column;
  const [adding, set_adding] = useState(false);
  const fields = Object.keys(draft.mapping).filter((key) => draft.mapping[key] === name);
  const lines: (string | null)[] = adding || !fields.length ? [...fields, null] : fields;
  const choose = (next: string | null, old: string | null) => {
    set_adding(false);
    change(with_field(draft, name, next, old ?? undefined));
  };
  return (
    <tr>
      <td data-head>{name}</td>
      <td className={classes.sample}>{sample.filter(Boolean).join(" · ")}</td>
      <td className={classes.target}>
        {lines.map((field, at) => (
          <Select
            key={at}
            size="xs"
            searchable
            clearable
            aria-label={at === 0 ? t`Field for ${name}` : t`Another field for ${name}`}
            placeholder={t`left out`}
            data={targets}
            value={field}
            onChange={(next) => choose(next, field)}
          />
        ))}
        {fields.length > 0 && !adding && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={12} aria-hidden />}
            aria-label={t`Fill another field from ${name}`}
            onClick={() => set_adding(true)}
          >
            {t`another field`}
          </Button>
        )}
      </td>
      <td data-label={t`Changed on the way`}>
        {fields.map((field) => (
          <Button
            key={field}
            size="compact-sm"
            variant="default"
            className={classes.steps}
            onClick={() => open(field)}
          >
            <span className="visually_hidden">
              {t`Change values for ${label_of(targets, field)}`}:{" "}
            </span>
            <StepsText steps={draft.transforms[field] ?? []} />
          </Button>
        ))}
      </td>
    </tr>
  );
}
