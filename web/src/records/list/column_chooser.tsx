// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Checkbox, Popover, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconColumns3 } from "@tabler/icons-react";
import { useState } from "react";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../dictionary";
import classes from "./column_chooser.module.css";
import { path_label } from "./list_columns";
import { default_columns, type ListState } from "./list_state";

export function ColumnChooser({ type, state }: { type: TypeMeta; state: ListState }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [text, set_text] = useState("");
  const shown = state.columns.map((column) => column.path);
  const width_of = new Map(state.columns.map((column) => [column.path, column.width]));
  const set = (paths: string[]) =>
    state.change({
      columns: paths.map((path) => {
        const width = width_of.get(path);
        return width ? { path, width } : { path };
      }),
    });
  const move = (path: string, step: number) => {
    const next = shown.filter((name) => name !== path);
    next.splice(Math.max(0, shown.indexOf(path) + step), 0, path);
    set(next);
  };
  const hidden = type.fields
    .filter((field) => !field.hidden && !shown.includes(field.name))
    .map((field) => field.name);
  const fits = (path: string) =>
    path_label(dictionary, type, path).toLowerCase().includes(text.toLowerCase());
  return (
    <Popover position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <ActionIcon aria-label={t`Columns`} title={t`Columns`}>
          <IconColumns3 size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <TextInput
          size="xs"
          placeholder={t`Find a column`}
          aria-label={t`Find a column`}
          value={text}
          onChange={(event) => set_text(event.currentTarget.value)}
        />
        <ul className={classes.list}>
          {[...shown, ...hidden].filter(fits).map((path) => (
            <li key={path} className={classes.line}>
              <Checkbox
                className="grow"
                label={path_label(dictionary, type, path)}
                checked={shown.includes(path)}
                disabled={shown.length === 1 && shown[0] === path}
                onChange={(event) =>
                  set(
                    event.currentTarget.checked
                      ? [...shown, path]
                      : shown.filter((name) => name !== path),
                  )
                }
              />
              {shown.includes(path) && (
                <>
                  <ActionIcon
                    size={24}
                    aria-label={t`Move up`}
                    disabled={shown[0] === path}
                    onClick={() => move(path, -1)}
                  >
                    <IconArrowUp size={14} />
                  </ActionIcon>
                  <ActionIcon
                    size={24}
                    aria-label={t`Move down`}
                    disabled={shown.at(-1) === path}
                    onClick={() => move(path, 1)}
                  >
                    <IconArrowDown size={14} />
                  </ActionIcon>
                </>
              )}
            </li>
          ))}
        </ul>
        <Button variant="subtle" size="xs" onClick={() => set(default_columns(type))}>
          {t`Standard columns`}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
