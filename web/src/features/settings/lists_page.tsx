// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, Select, Switch, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { ListItem } from "../../api/types";
import { LANGUAGES } from "../../base/i18n";
import { Modal } from "../../kit/dialog";
import { Tag } from "../../kit/marks";
import { type Dictionary, useDictionary } from "../../records/dictionary";
import { key_of } from "./key_of";
import classes from "./settings.module.css";
import { SaveError, SettingsHead } from "./settings_parts";

const COLOURS = ["", "grey", "green", "blue", "teal", "yellow", "orange", "red", "purple", "pink"];

// A list is named by the fields that use it: "Company: Category".
function list_label(dictionary: Dictionary, list: string): string {
  for (const type of dictionary.meta.types) {
    const field = type.fields.find((entry) => entry.list === list);
    if (field) return `${dictionary.text(type.label)}: ${dictionary.text(field.label, field.name)}`;
  }
  return list;
}

export function ListsPage() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const lists = Object.keys(dictionary.meta.lists);
  const [list, set_list] = useState(lists[0] ?? "");
  const [editing, set_editing] = useState<ListItem | "new" | null>(null);
  return (
    <div className={classes.inner}>
      <SettingsHead
        title={t`Lists`}
        text={t`What stands behind every drop-down. A retired item stays on old records, but cannot be chosen.`}
      />
      <div className="row spread wrap" style={{ marginBottom: 16 }}>
        <Select
          aria-label={t`List`}
          w={280}
          searchable
          allowDeselect={false}
          data={lists
            .map((entry) => ({ value: entry, label: list_label(dictionary, entry) }))
            .sort((left, right) => left.label.localeCompare(right.label, dictionary.language))}
          value={list}
          onChange={(next) => set_list(next ?? list)}
        />
        <Button leftSection={<IconPlus size={16} />} onClick={() => set_editing("new")}>
          {t`Add item`}
        </Button>
      </div>
      <div className="card table_scroll">
        <table className="table table_cards">
          <thead>
            <tr>
              <th scope="col">{t`Label`}</th>
              <th scope="col">{t`Key`}</th>
              <th scope="col">{t`State`}</th>
              <th scope="col">
                <span className="visually_hidden">{t`Actions`}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {dictionary.items(list).map((item) => (
              <tr key={item.key}>
                <td>
                  <Tag colour={item.colour || "grey"}>{dictionary.text(item.label, item.key)}</Tag>
                </td>
                <td className="dim">
                  <code>{item.key}</code>
                </td>
                <td className="dim">{item.retired ? t`retired` : t`in use`}</td>
                <td align="right">
                  <Button variant="subtle" color="gray" onClick={() => set_editing(item)}>
                    {t`Edit`}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {editing && (
        <ItemDialog
          list={list}
          item={editing === "new" ? null : editing}
          close={() => set_editing(null)}
        />
      )}
    </div>
  );
}

interface DialogProps {
  list: string;
  item: ListItem | null;
  close: () => void;
}

function ItemDialog({ list, item, close }: DialogProps) {
  const { t, i18n } = useLingui();
  const languages = [...LANGUAGES].sort((left, right) =>
    left.code === i18n.locale ? -1 : right.code === i18n.locale ? 1 : 0,
  );
  const [label, set_label] = useState<Record<string, string>>({ ...item?.label });
  const [colour, set_colour] = useState(item?.colour ?? "");
  const [retired, set_retired] = useState(!!item?.retired);
  const key = item?.key ?? key_of(label[i18n.locale] ?? "");
  const save = useMutation({
    mutationFn: () => {
      // null takes a language away; one that the call does not name would stay.
      const filled = Object.fromEntries(
        Object.entries(label)
          .map(([code, text]) => [code, text || null] as const)
          .filter(([code, text]) => text || item?.label[code]),
      );
      return api.post(`/meta/lists/${list}/items`, {
        ...item,
        key,
        label: filled,
        colour,
        retired,
      });
    },
    onSuccess: async () => {
      await query_client.invalidateQueries({ queryKey: ["meta"] });
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const colours: Record<string, string> = {
    "": t`None`,
    grey: t`Grey`,
    green: t`Green`,
    blue: t`Blue`,
    teal: t`Teal`,
    yellow: t`Yellow`,
    orange: t`Orange`,
    red: t`Red`,
    purple: t`Purple`,
    pink: t`Pink`,
  };
  return (
    <Modal
      opened
      onClose={close}
      title={item ? t`Edit item` : t`Add item`}
      size={420}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        {languages.map((language, index) => (
          <TextInput
            key={language.code}
            label={language.name}
            lang={language.code}
            required={index === 0}
            data-autofocus={index === 0 || undefined}
            value={label[language.code] ?? ""}
            onChange={(event) => {
              const { value } = event.currentTarget;
              set_label((old) => ({ ...old, [language.code]: value }));
            }}
          />
        ))}
        <Select
          label={t`Colour`}
          allowDeselect={false}
          data={COLOURS.map((name) => ({ value: name, label: colours[name] ?? name }))}
          value={colour}
          onChange={(next) => set_colour(next ?? "")}
        />
        {item && (
          <Switch
            label={t`Retired`}
            checked={retired}
            onChange={(event) => set_retired(event.currentTarget.checked)}
          />
        )}
        <SaveError error={save.error} />
        <Button type="submit" loading={save.isPending} disabled={!key}>
          {t`Save`}
        </Button>
      </form>
    </Modal>
  );
}
