// SPDX-License-Identifier: Apache-2.0
// A box that finds records of one type as the user types.

import { useLingui } from "@lingui/react/macro";
import { Combobox, Input, InputBase, Loader, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../../api/client";
import type { Page, Ref, Row, TypeMeta } from "../../../api/types";
import { useDictionary } from "../../dictionary";

const SUGGESTIONS = 12;
const TYPING_MS = 150;

interface Props {
  plural: string;
  value: Ref | null;
  on_change: (value: Ref | null) => void;
  label?: string | undefined;
  aria_label: string;
  error?: string | undefined;
  autofocus?: boolean | undefined;
  required?: boolean | undefined;
  placeholder?: string | undefined;
}

// Users and groups are not in the index that `q` asks; their names are looked through.
function words_query(type: TypeMeta | undefined, words: string): { q?: string; filter?: string } {
  if (!words.trim()) return {};
  if (!type || type.fields.some((field) => field.searchable)) return { q: words };
  return { filter: `name contains '${words.trim().replaceAll("'", "''")}'` };
}

export function RecordSelect(props: Props) {
  const { t } = useLingui();
  const [text, set_text] = useState<string | null>(null);
  const combobox = useCombobox({ onDropdownClose: () => set_text(null) });
  const [wanted] = useDebouncedValue(text ?? "", TYPING_MS);
  const { type_of_plural } = useDictionary();
  const search = words_query(type_of_plural(props.plural), wanted);
  const { data, isFetching } = useQuery({
    queryKey: ["list", props.plural, "choose", wanted],
    queryFn: ({ signal }) =>
      api.get<Page<Row>>(
        `/${props.plural}`,
        { ...search, fields: "name", limit: SUGGESTIONS, sort: search.q ? undefined : "name" },
        signal,
      ),
    enabled: combobox.dropdownOpened,
  });
  const options = data?.items ?? [];
  const choose = (id: string) => {
    const row = options.find((option) => String(option.id) === id);
    if (row) props.on_change({ id: row.id, name: String(row.name) });
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
      <Combobox.Target>
        <InputBase
          label={props.label}
          aria-label={props.label ? undefined : props.aria_label}
          error={props.error}
          required={props.required}
          autoFocus={props.autofocus}
          placeholder={props.placeholder ?? t`Type to search`}
          value={text ?? props.value?.name ?? ""}
          rightSectionPointerEvents="all"
          rightSection={
            isFetching ? (
              <Loader size={14} />
            ) : props.value ? (
              <Input.ClearButton
                aria-label={t`Clear`}
                onClick={() => {
                  props.on_change(null);
                  set_text(null);
                }}
              />
            ) : null
          }
          onChange={(event) => {
            set_text(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={280} style={{ overflowY: "auto" }}>
          {options.map((option) => (
            <Combobox.Option key={option.id} value={String(option.id)}>
              {String(option.name)}
            </Combobox.Option>
          ))}
          {!options.length && !isFetching && <Combobox.Empty>{t`Nothing found`}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
