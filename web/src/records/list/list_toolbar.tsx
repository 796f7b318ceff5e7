// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, CloseButton, Menu, TextInput, Tooltip } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconCode, IconDownload, IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { api } from "../../api/client";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../dictionary";
import { FilterChips } from "../filter/filter_chips";
import { parse_filter, sort_text } from "../filter/filter_text";
import { ListActions } from "../record_actions";
import { ColumnChooser } from "./column_chooser";
import { DisplayMenu } from "./display_menu";
import classes from "./list_page.module.css";
import type { ListState } from "./list_state";

const TYPING_MS = 200;

export function ListToolbar({ type, state }: { type: TypeMeta; state: ListState }) {
  const { t } = useLingui();
  const { can } = useDictionary();
  const conditions = parse_filter(state.filter);
  const raw = state.raw || !conditions;
  return (
    <div className={classes.toolbar}>
      <div className={classes.filters} data-bare={(!raw && !conditions.length) || undefined}>
        {raw ? (
          <RawFilter state={state} />
        ) : (
          <FilterChips
            origins
            type={type}
            conditions={conditions}
            change={(filter) => state.change({ filter })}
          />
        )}
        <Tooltip label={raw ? t`Edit as conditions` : t`Edit as text`}>
          <ActionIcon
            className={classes.as_text}
            aria-label={raw ? t`Edit as conditions` : t`Edit as text`}
            aria-pressed={raw}
            disabled={raw && !conditions}
            onClick={() => state.change({ raw: !raw })}
          >
            <IconCode size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      <SearchBox state={state} />
      <ListActions target={{ type, filter: state.filter, q: state.q }} />
      <DisplayMenu type={type} state={state} />
      <ColumnChooser type={type} state={state} />
      {can(type.name, "export") && <ExportMenu type={type} state={state} />}
    </div>
  );
}

function SearchBox({ state }: { state: ListState }) {
  const { t } = useLingui();
  const [text, set_text] = useState(state.q);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => set_text(state.q), [state.q]);
  const send = useDebouncedCallback((q: string) => state.change({ q }), TYPING_MS);
  useEffect(() => {
    const on_slash = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (event.key !== "/" || target.closest("input,textarea,[role=dialog]")) return;
      event.preventDefault();
      box.current?.focus();
    };
    document.addEventListener("keydown", on_slash);
    return () => document.removeEventListener("keydown", on_slash);
  }, []);
  const set = (value: string) => {
    set_text(value);
    send(value);
  };
  return (
    <TextInput
      ref={box}
      className={classes.search}
      size="xs"
      leftSection={<IconSearch size={15} />}
      aria-label={t`Search in this list`}
      placeholder={t`Search in this list`}
      value={text}
      rightSection={
        text ? <CloseButton size={22} aria-label={t`Clear`} onClick={() => set("")} /> : null
      }
      onChange={(event) => set(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") set("");
        if (event.key === "ArrowDown") document.querySelector<HTMLElement>("[data-grid]")?.focus();
      }}
    />
  );
}

function RawFilter({ state }: { state: ListState }) {
  const { t } = useLingui();
  const [text, set_text] = useState(state.filter);
  useEffect(() => set_text(state.filter), [state.filter]);
  return (
    <form
      className="row grow"
      onSubmit={(event) => {
        event.preventDefault();
        state.change({ filter: text.trim() });
      }}
    >
      <TextInput
        className={classes.raw}
        size="xs"
        aria-label={t`Filter as text`}
        placeholder="country eq 'DK' and not phone empty"
        value={text}
        spellCheck={false}
        onChange={(event) => set_text(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" h={28} size="xs">
        {t`Apply`}
      </Button>
    </form>
  );
}

function ExportMenu({ type, state }: { type: TypeMeta; state: ListState }) {
  const { t } = useLingui();
  const url = (format: string) =>
    api.url(`/${type.plural}/export`, {
      format,
      filter: state.filter,
      q: state.q,
      sort: sort_text(state.sort),
      fields: state.columns.map((column) => column.path).join(","),
    });
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t`Export`} title={t`Export`}>
          <IconDownload size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t`Export what the list shows`}</Menu.Label>
        {["xlsx", "csv", "json"].map((format) => (
          <Menu.Item key={format} component="a" href={url(format)} download>
            {format.toUpperCase()}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
