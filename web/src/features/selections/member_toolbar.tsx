// SPDX-License-Identifier: Apache-2.0
// Narrowing the members down, their columns, and taking them elsewhere.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconDownload, IconListDetails, IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { api } from "../../api/client";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../../records/dictionary";
import { FilterChips } from "../../records/filter/filter_chips";
import { parse_filter, sort_text } from "../../records/filter/filter_text";
import { ColumnChooser } from "../../records/list/column_chooser";
import list_classes from "../../records/list/list_page.module.css";
import type { ListState } from "../../records/list/list_state";
import { member_filter, type Selection } from "./selection_queries";
import classes from "./selections.module.css";

const TYPING_MS = 200;

interface Props {
  selection: Selection;
  type: TypeMeta;
  state: ListState;
  children: ReactNode;
}

export function MemberToolbar({ selection, type, state, children }: Props) {
  const { t } = useLingui();
  const { can } = useDictionary();
  const inside = member_filter(selection.id);
  const filter = state.filter ? `${inside} and (${state.filter})` : inside;
  const export_url = (format: string) =>
    api.url(`/${type.plural}/export`, {
      format,
      filter,
      q: state.q,
      sort: sort_text(state.sort),
      fields: state.columns.map((column) => column.path).join(","),
    });
  return (
    <div className={list_classes.toolbar}>
      {children}
      <div className={`${list_classes.filters} ${classes.member_filters}`}>
        <FilterChips
          origins
          type={type}
          conditions={parse_filter(state.filter) ?? []}
          change={(next) => state.change({ filter: next })}
        />
      </div>
      <MemberSearch state={state} />
      <ColumnChooser type={type} state={state} />
      <ActionIcon
        aria-label={t`Open as a list`}
        title={t`Open as a list`}
        renderRoot={(props) => (
          <Link to="/$plural" params={{ plural: type.plural }} search={{ filter }} {...props} />
        )}
      >
        <IconListDetails size={17} />
      </ActionIcon>
      {can(type.name, "export") && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t`Export`} title={t`Export`}>
              <IconDownload size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>{t`Export what the list shows`}</Menu.Label>
            {["xlsx", "csv", "json"].map((format) => (
              <Menu.Item key={format} component="a" href={export_url(format)} download>
                {format.toUpperCase()}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}

function MemberSearch({ state }: { state: ListState }) {
  const { t } = useLingui();
  const [text, set_text] = useState(state.q);
  useEffect(() => set_text(state.q), [state.q]);
  const send = useDebouncedCallback((q: string) => state.change({ q }), TYPING_MS);
  return (
    <TextInput
      className={`${list_classes.search} ${classes.member_search}`}
      size="xs"
      leftSection={<IconSearch size={15} />}
      aria-label={t`Search among the members`}
      placeholder={t`Search among the members`}
      value={text}
      onChange={(event) => {
        set_text(event.currentTarget.value);
        send(event.currentTarget.value);
      }}
    />
  );
}
