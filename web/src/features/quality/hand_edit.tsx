// SPDX-License-Identifier: Apache-2.0
// The field that a finding is about, edited where the finding stands. It begins with what is
// suggested; whether the new value is right, the next look says.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import type { Row, TypeMeta } from "../../api/types";
import { toast_error, toast_undo } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { field_errors } from "../../records/error_text";
import { FieldInput } from "../../records/fields/field";
import { to_wire } from "../../records/fields/field_parts";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { refresh_quality } from "./queries";
import type { Finding } from "./types";
import { changed_elsewhere } from "./use_acts";
import classes from "./workbench.module.css";

interface Props {
  type: TypeMeta;
  finding: Finding;
  record: Row;
  done: () => void;
}

export function HandEdit({ type, finding, record, done }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const error_text = useErrorText();
  const name = finding.field ?? "";
  const field = dictionary.field(type, name);
  const [value, set_value] = useState<unknown>(
    () => finding.suggestion?.changes[name] ?? record[name],
  );
  const write = (to: unknown, version: number) =>
    api.patch<Row>(`/${type.plural}/${record.id}`, { [name]: to_wire(to ?? null) }, version);
  const take_back = async (version: number) => {
    try {
      const row = await write(record[name], version);
      changed_elsewhere(type, record.id, row.version);
      await refresh_quality();
    } catch (error) {
      toast_error(error_text(error));
    }
  };
  const save = useMutation({
    mutationFn: () => write(value, record.version),
    onSuccess: (row) => {
      changed_elsewhere(type, record.id, row.version);
      toast_undo(t`Saved`, t`Undo`, () => void take_back(row.version));
      done();
      return refresh_quality();
    },
  });
  const errors = field_errors(save.error, translate);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  if (!field) return null;
  return (
    <form
      className={classes.hand}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.stopPropagation();
        done();
      }}
    >
      <FieldInput
        field={field}
        label={dictionary.text(field.label, name)}
        value={value}
        autofocus
        error={errors[name] ?? (save.error ? error_text(save.error) : undefined)}
        on_change={set_value}
      />
      <div className="row">
        <Button type="submit" loading={save.isPending}>
          {t`Save`}
        </Button>
        <Button variant="default" onClick={done}>
          {t`Cancel`}
        </Button>
      </div>
    </form>
  );
}
