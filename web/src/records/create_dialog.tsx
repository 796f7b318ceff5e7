// SPDX-License-Identifier: Apache-2.0
// Create a record of any type. The most important fields first, the rest on demand.
import { useLingui } from "@lingui/react/macro";
import { Button, Modal, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../api/client";
import { refresh_record } from "../api/queries";
import type { FieldMeta, Row, TypeMeta } from "../api/types";
import type { Creating } from "./commands";
import classes from "./create_dialog.module.css";
import { type Dictionary, useDictionary } from "./dictionary";
import { field_errors } from "./error_text";
import { FieldInput } from "./fields/field";
import { is_empty, to_wire } from "./fields/field_parts";
import { useErrorText, useTranslate } from "./use_translate";

const SHORT_FORM_FIELDS = 8;

export function writable_fields(type: TypeMeta): FieldMeta[] {
  const order = type.layout?.sections?.flatMap((section) => section.fields) ?? [];
  const place = (field: FieldMeta) => {
    const index = order.indexOf(field.name);
    return index < 0 ? order.length : index;
  };
  return type.fields
    .filter((field) => !field.read_only && !field.computed && !field.hidden)
    .sort((left, right) => place(left) - place(right));
}

function creatable_types(dictionary: Dictionary) {
  return dictionary.meta.types.filter(
    (type) => !type.system && dictionary.can(type.name, "create"),
  );
}

export default function CreateDialog({
  type: wanted,
  initial,
  close,
}: Creating & { close: () => void }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const types = creatable_types(dictionary);
  const [name, set_name] = useState(
    types.some((type) => type.name === wanted) ? wanted : types[0]?.name,
  );
  const type = dictionary.type(name ?? "");
  if (!type) return null;
  return (
    <Modal
      opened
      onClose={close}
      size={640}
      title={`${t`New`}: ${dictionary.text(type.label, type.name)}`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {!wanted && (
        <Select
          label={t`What`}
          mb={12}
          allowDeselect={false}
          data={types.map((entry) => ({
            value: entry.name,
            label: dictionary.text(entry.label, entry.name),
          }))}
          value={type.name}
          onChange={(next) => set_name(next ?? undefined)}
        />
      )}
      <CreateForm key={type.name} type={type} initial={initial} close={close} />
    </Modal>
  );
}

interface FormProps {
  type: TypeMeta;
  initial: Partial<Row> | undefined;
  close: () => void;
}

function CreateForm({ type, initial, close }: FormProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const translate = useTranslate();
  const error_text = useErrorText();
  const [values, set_values] = useState<Record<string, unknown>>(() => ({ ...initial }));
  const [all, set_all] = useState(false);
  const fields = writable_fields(type);
  const first = fields.filter((field) => field.kind !== "boolean").slice(0, SHORT_FORM_FIELDS);
  const short = fields.filter(
    (field) => first.includes(field) || field.required || !is_empty(values[field.name]),
  );
  const save = useMutation({
    mutationFn: () => {
      const filled = Object.entries(values).filter(([, value]) => !is_empty(value));
      return api.post<Row>(
        `/${type.plural}`,
        Object.fromEntries(filled.map(([key, value]) => [key, to_wire(value)])),
      );
    },
    onSuccess: (record) => {
      refresh_record(type.plural);
      close();
      void navigate({ to: "/$plural/$id", params: { plural: type.plural, id: String(record.id) } });
    },
  });
  const errors = field_errors(save.error, translate);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.grid}>
        {(all ? fields : short).map((field, index) => (
          <div key={field.name} className={is_wide(field) ? classes.wide : undefined}>
            <FieldInput
              field={field}
              label={dictionary.text(field.label, field.name)}
              value={values[field.name]}
              required={!!field.required}
              error={errors[field.name]}
              autofocus={index === 0}
              on_change={(value) => set_values((old) => ({ ...old, [field.name]: value }))}
            />
          </div>
        ))}
      </div>
      {save.error && (
        <p role="alert" className={classes.error}>
          {error_text(save.error)}
        </p>
      )}
      <div className={classes.actions}>
        {short.length < fields.length && (
          <Button variant="subtle" color="gray" onClick={() => set_all(!all)}>
            {all ? t`Fewer fields` : t`All fields`}
          </Button>
        )}
        <Button variant="default" ml="auto" onClick={close}>
          {t`Cancel`}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t`Create`}
        </Button>
      </div>
    </form>
  );
}

function is_wide(field: FieldMeta): boolean {
  return (
    ["long_text", "rich_text", "address", "file"].includes(field.kind) || field.name === "name"
  );
}
