// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Select, Switch, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { FieldKind, TypeMeta } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { Tag } from "../../kit/marks";
import { toast } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { TypeIcon } from "../../records/type_icon";
import { key_of } from "./key_of";
import classes from "./settings.module.css";
import { SaveError, SettingsHead } from "./settings_parts";

export function TypesPage() {
  const { t } = useLingui();
  const { meta, text, type: find } = useDictionary();
  const [name, set_name] = useState(meta.types[0]?.name ?? "");
  const [dialog, set_dialog] = useState<"field" | "type" | null>(null);
  const type = find(name);
  const close = () => set_dialog(null);
  return (
    <div className={classes.inner}>
      <SettingsHead
        title={t`Record types`}
        text={t`Add your own fields and record types. They are there at once, in lists, filters, import and search.`}
        actions={
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => set_dialog("type")}
          >
            {t`New record type`}
          </Button>
        }
      />
      <div className="row spread wrap" style={{ marginBottom: 16 }}>
        <Select
          aria-label={t`Record type`}
          w={260}
          allowDeselect={false}
          leftSection={<TypeIcon type={type} size={16} />}
          data={meta.types.map((entry) => ({
            value: entry.name,
            label: text(entry.label, entry.name),
          }))}
          value={name}
          onChange={(next) => set_name(next ?? name)}
        />
        <div className="row">
          {type?.custom && <RetiredSwitch key={type.name} type={type} />}
          <Button leftSection={<IconPlus size={16} />} onClick={() => set_dialog("field")}>
            {t`Add field`}
          </Button>
        </div>
      </div>
      {type && <FieldTable type={type} />}
      {dialog === "field" && type && <FieldDialog type={type} close={close} />}
      {dialog === "type" && <TypeDialog close={close} created={set_name} />}
    </div>
  );
}

function RetiredSwitch({ type }: { type: TypeMeta }) {
  const { t } = useLingui();
  const save = useMutation({
    mutationFn: (retired: boolean) => api.patch(`/meta/types/${type.name}`, { retired }),
    onSuccess: () => query_client.invalidateQueries({ queryKey: ["meta"] }),
  });
  return (
    <>
      <SaveError error={save.error} />
      <Switch
        label={t`Retired`}
        checked={type.retired ?? false}
        disabled={save.isPending}
        onChange={(event) => save.mutate(event.currentTarget.checked)}
      />
    </>
  );
}

function FieldTable({ type }: { type: TypeMeta }) {
  const { t } = useLingui();
  const { text } = useDictionary();
  const kinds = useKindNames();
  return (
    <div
      className="card table_scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys
      tabIndex={0}
    >
      <table className="table table_cards">
        <thead>
          <tr>
            <th scope="col">{t`Label`}</th>
            <th scope="col">{t`Name in the API`}</th>
            <th scope="col">{t`Kind`}</th>
            <th scope="col">{t`Notes`}</th>
          </tr>
        </thead>
        <tbody>
          {type.fields.map((field) => (
            <tr key={field.name}>
              <td data-head>{text(field.label, field.name)}</td>
              <td className="dim">
                <code>{field.name}</code>
              </td>
              <td>{kinds[field.kind] ?? field.kind}</td>
              <td>
                <span className="row wrap" style={{ gap: 4 }}>
                  {field.custom && <Tag colour="teal">{t`own`}</Tag>}
                  {field.required && <Tag>{t`required`}</Tag>}
                  {field.indexed && <Tag>{t`indexed`}</Tag>}
                  {field.read_only && <Tag>{t`set by the program`}</Tag>}
                  {field.hidden && <Tag>{t`hidden`}</Tag>}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function useKindNames(): Record<FieldKind, string> {
  const { t } = useLingui();
  return {
    text: t`Text`,
    long_text: t`Long text`,
    rich_text: t`Formatted text`,
    integer: t`Whole number`,
    decimal: t`Decimal number`,
    money: t`Money`,
    boolean: t`Yes or no`,
    date: t`Date`,
    instant: t`Date and time`,
    choice: t`Choice from a list`,
    choices: t`Several choices`,
    link: t`Link to a record`,
    links: t`Links to records`,
    phone: t`Phone`,
    email: t`E-mail`,
    url: t`Web address`,
    address: t`Address`,
    registration_number: t`Registration number`,
    country: t`Country`,
    language: t`Language`,
    user: t`User`,
    group: t`Group`,
    file: t`File`,
  };
}

function FieldDialog({ type, close }: { type: TypeMeta; close: () => void }) {
  const { t, i18n } = useLingui();
  const { meta, text } = useDictionary();
  const kinds = useKindNames();
  const [label, set_label] = useState("");
  const [kind, set_kind] = useState<FieldKind>("text");
  const [list, set_list] = useState<string | null>(null);
  const [target, set_target] = useState<string | null>(null);
  const [data_class, set_data_class] = useState("none");
  const [indexed, set_indexed] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      api.post(`/meta/types/${type.name}/fields`, {
        name: `x_${key_of(label)}`,
        kind,
        label: { [i18n.locale]: label, en: label },
        indexed,
        ...(kind === "choice" || kind === "choices" ? { list } : {}),
        ...(kind === "link" || kind === "links" ? { target } : {}),
        privacy:
          data_class === "none"
            ? { class: "none", purpose: "", erasure: "keep" }
            : { class: data_class, purpose: "customer_care", erasure: "null" },
      }),
    onSuccess: async () => {
      await query_client.invalidateQueries({ queryKey: ["meta"] });
      toast(t`The field is there.`);
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const needs_list = kind === "choice" || kind === "choices";
  const needs_target = kind === "link" || kind === "links";
  const privacy = [
    { value: "none", label: t`No personal data` },
    { value: "identity", label: t`Names and identity` },
    { value: "contact", label: t`Contact details` },
    { value: "content", label: t`Notes and content` },
    { value: "behaviour", label: t`Behaviour` },
    { value: "special", label: t`Special categories` },
    { value: "national_id", label: t`National id numbers` },
  ];
  return (
    <Modal
      opened
      onClose={close}
      title={t`Add field`}
      size={460}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        <TextInput
          label={t`Label`}
          value={label}
          required
          data-autofocus
          onChange={(event) => set_label(event.currentTarget.value)}
        />
        <Select
          label={t`Kind`}
          description={t`The kind is for good; everything else can be changed later.`}
          allowDeselect={false}
          data={Object.entries(kinds).map(([value, name]) => ({ value, label: name }))}
          value={kind}
          onChange={(next) => set_kind((next as FieldKind) ?? kind)}
        />
        {needs_list && (
          <Select
            label={t`List`}
            required
            data={Object.keys(meta.lists)}
            value={list}
            onChange={set_list}
            searchable
          />
        )}
        {needs_target && (
          <Select
            label={t`Record type`}
            required
            data={meta.types.map((entry) => ({
              value: entry.name,
              label: text(entry.label, entry.name),
            }))}
            value={target}
            onChange={set_target}
          />
        )}
        <Select
          label={t`Personal data`}
          description={t`Decides who sees it and what erasure does to it.`}
          allowDeselect={false}
          data={privacy}
          value={data_class}
          onChange={(next) => set_data_class(next ?? "none")}
        />
        <Checkbox
          label={t`Make filters and sorting fast (index)`}
          checked={indexed}
          onChange={(event) => set_indexed(event.currentTarget.checked)}
        />
        <SaveError error={save.error} />
        <Button type="submit" loading={save.isPending} disabled={!key_of(label)}>
          {t`Add field`}
        </Button>
      </form>
    </Modal>
  );
}

function TypeDialog({ close, created }: { close: () => void; created: (name: string) => void }) {
  const { t, i18n } = useLingui();
  const [one, set_one] = useState("");
  const [many, set_many] = useState("");
  const [owned, set_owned] = useState(true);
  const save = useMutation({
    mutationFn: () =>
      api.post<{ name: string }>("/meta/types", {
        name: `x_${key_of(one)}`,
        plural: `x_${key_of(many)}`,
        label: { [i18n.locale]: one, en: one },
        label_plural: { [i18n.locale]: many, en: many },
        icon: "box",
        owned,
        timeline: true,
      }),
    onSuccess: async (made) => {
      await query_client.invalidateQueries({ queryKey: ["meta"] });
      await query_client.invalidateQueries({ queryKey: ["me"] });
      created(made.name);
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`New record type`}
      size={420}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        <TextInput
          label={t`One is called`}
          placeholder={t`Vehicle`}
          value={one}
          required
          data-autofocus
          onChange={(event) => set_one(event.currentTarget.value)}
        />
        <TextInput
          label={t`Many are called`}
          placeholder={t`Vehicles`}
          value={many}
          required
          onChange={(event) => set_many(event.currentTarget.value)}
        />
        <Checkbox
          label={t`Each belongs to a user`}
          checked={owned}
          onChange={(event) => set_owned(event.currentTarget.checked)}
        />
        <SaveError error={save.error} />
        <Button type="submit" loading={save.isPending} disabled={!key_of(one) || !key_of(many)}>
          {t`Create`}
        </Button>
      </form>
    </Modal>
  );
}
