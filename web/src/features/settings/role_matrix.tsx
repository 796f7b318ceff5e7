// SPDX-License-Identifier: Apache-2.0
// A role is a matrix: record type × action, and in each cell how near a record must be. A type
// without a row of its own shows what all other types have, and says so.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Checkbox, NativeSelect } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Role } from "../../api/types";
import { toast } from "../../kit/toast";
import { RolePreview } from "./role_preview";
import {
  ACTIONS,
  CLASSES,
  type Definition,
  EVERY_TYPE,
  FUNCTIONS,
  has_own_row,
  rights_of,
  widest,
  with_right,
  without_row,
} from "./role_rights";
import { useRoleWords } from "./role_words";
import classes from "./roles.module.css";
import settings_classes from "./settings.module.css";
import { SaveError } from "./settings_parts";

// Whoever could narrow it would lock everybody out of this screen; the server refuses it.
const FIXED = "administrator";

export function RoleMatrix({ role }: { role: Role }) {
  const { t } = useLingui();
  const words = useRoleWords();
  const [changed, set_draft] = useState<Definition | null>(null);
  const draft = changed ?? role.definition;
  const fixed = role.key === FIXED;
  const save = useMutation({
    mutationFn: () => api.patch(`/roles/${role.id}`, { definition: draft }),
    onSuccess: async () => {
      toast(t`Saved`);
      void query_client.invalidateQueries({ queryKey: ["me"] });
      await query_client.invalidateQueries({ queryKey: ["roles"] });
      set_draft(null);
    },
  });
  const flip = (part: "functions" | "field_classes", name: string) => {
    const held = draft[part] ?? [];
    set_draft({
      ...draft,
      [part]: held.includes(name) ? held.filter((entry) => entry !== name) : [...held, name],
    });
  };
  return (
    <div className="stack">
      {fixed && <p className="dim">{t`The rights of this role are fixed.`}</p>}
      <div
        className="card table_scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys
        tabIndex={0}
      >
        <table className={`table ${classes.matrix}`}>
          <thead>
            <tr>
              <th scope="col">{t`Record type`}</th>
              {ACTIONS.map((action) => (
                <th key={action} scope="col">
                  {words.action(action)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {words.rows.map((row) => (
              <TypeRow key={row.name} row={row} draft={draft} fixed={fixed} change={set_draft} />
            ))}
          </tbody>
        </table>
      </div>
      <div className={settings_classes.pair}>
        <RightList
          title={t`May also`}
          names={FUNCTIONS}
          held={draft.functions ?? []}
          fixed={fixed}
          flip={(name) => flip("functions", name)}
        />
        <RightList
          title={t`Sees unmasked`}
          names={CLASSES}
          held={draft.field_classes ?? []}
          fixed={fixed}
          flip={(name) => flip("field_classes", name)}
        />
      </div>
      <SaveError error={save.error} />
      {!fixed && (
        <div className="row">
          <Button loading={save.isPending} disabled={!changed} onClick={() => save.mutate()}>
            {t`Save`}
          </Button>
          {changed && (
            <Button variant="subtle" color="gray" onClick={() => set_draft(null)}>
              {t`Take back`}
            </Button>
          )}
        </div>
      )}
      <RolePreview role={role} draft={draft} />
    </div>
  );
}

interface RowProps {
  row: { name: string; label: string };
  draft: Definition;
  fixed: boolean;
  change: (draft: Definition) => void;
}

function TypeRow({ row, draft, fixed, change }: RowProps) {
  const { t } = useLingui();
  const words = useRoleWords();
  const own = has_own_row(draft, row.name);
  const rights = rights_of(draft, row.name);
  const give_up = t`${row.label}: as all other types again`;
  return (
    <tr data-inherited={own ? undefined : true}>
      <th scope="row" className={classes.type}>
        {row.label}
        {!own && <span className={classes.note}>{t`as all other types`}</span>}
        {own && row.name !== EVERY_TYPE && (
          <span className={classes.note}>
            {t`own rights`}
            {!fixed && (
              <ActionIcon
                size={24}
                variant="subtle"
                aria-label={give_up}
                title={give_up}
                onClick={() => change(without_row(draft, row.name))}
              >
                <IconArrowBackUp size={14} aria-hidden />
              </ActionIcon>
            )}
          </span>
        )}
      </th>
      {ACTIONS.map((action) => (
        <td key={action}>
          <NativeSelect
            size="xs"
            className={settings_classes.circle}
            aria-label={`${row.label}: ${words.action(action)}`}
            data={words.near}
            disabled={fixed}
            value={widest(rights[action])}
            onChange={(event) =>
              change(with_right(draft, row.name, action, event.currentTarget.value))
            }
          />
        </td>
      ))}
    </tr>
  );
}

interface RightListProps {
  title: string;
  names: string[];
  held: string[];
  fixed: boolean;
  flip: (name: string) => void;
}

function RightList({ title, names, held, fixed, flip }: RightListProps) {
  const words = useRoleWords();
  return (
    <fieldset className={`card ${settings_classes.block}`} style={{ margin: 0 }}>
      <legend className="visually_hidden">{title}</legend>
      <p aria-hidden className={settings_classes.legend}>
        {title}
      </p>
      <div className="stack" style={{ gap: 8 }}>
        {names.map((name) => (
          <Checkbox
            key={name}
            label={words.other(name)}
            checked={held.includes(name)}
            disabled={fixed}
            onChange={() => flip(name)}
          />
        ))}
      </div>
    </fieldset>
  );
}
