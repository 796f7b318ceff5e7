// SPDX-License-Identifier: Apache-2.0
// A new user: nobody is without a primary group, and without a role nothing can be seen.
import { useLingui } from "@lingui/react/macro";
import { Button, MultiSelect, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { api } from "../../api/client";
import { refresh_record, roles_query } from "../../api/queries";
import type { Ref, Row } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { field_errors } from "../../records/error_text";
import { RecordSelect } from "../../records/fields/link/record_select";
import { useTranslate } from "../../records/use_translate";
import { SaveError } from "./settings_parts";

export function UserDialog({
  close,
  created,
}: {
  close: () => void;
  created: (user: Row) => void;
}) {
  const { t } = useLingui();
  const translate = useTranslate();
  const roles = useQuery(roles_query);
  const [name, set_name] = useState("");
  const [email, set_email] = useState("");
  const [group, set_group] = useState<Ref | null>(null);
  const [chosen, set_chosen] = useState<string[]>([]);
  const [tried, set_tried] = useState(false);
  const made = useRef<Row | null>(null);
  const save = useMutation({
    mutationFn: async () => {
      const wanted = { name, email, primary_group: group?.id, active: true };
      // When only the roles were refused, the user is there: trying again must not make another.
      made.current ??= await api.post<Row>("/users", wanted);
      await api.put(`/users/${made.current.id}/roles`, { roles: chosen.map(Number) });
      return made.current;
    },
    onSuccess: (user) => {
      refresh_record("users");
      close();
      created(user);
    },
  });
  const errors = field_errors(save.error, translate);
  const missing = (held: unknown) => (tried && !held ? t`Must be filled in` : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set_tried(true);
    if (name.trim() && email.trim() && group && chosen.length) save.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`New user`}
      size={460}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" noValidate onSubmit={submit}>
        <TextInput
          label={t`Name`}
          value={name}
          error={missing(name.trim()) ?? errors.name}
          required
          data-autofocus
          onChange={(event) => set_name(event.currentTarget.value)}
        />
        <TextInput
          label={t`E-mail`}
          type="email"
          value={email}
          error={missing(email.trim()) ?? errors.email}
          required
          onChange={(event) => set_email(event.currentTarget.value)}
        />
        <RecordSelect
          plural="groups"
          label={t`Primary group`}
          aria_label={t`Primary group`}
          value={group}
          required
          error={missing(group) ?? errors.primary_group}
          on_change={set_group}
        />
        <RoleSelect
          roles={roles.data?.items ?? []}
          chosen={chosen}
          required
          error={missing(chosen.length)}
          change={set_chosen}
        />
        <SaveError error={save.error} />
        <Button type="submit" loading={save.isPending}>
          {t`Create`}
        </Button>
      </form>
    </Modal>
  );
}

interface SelectProps {
  roles: { id: number; name: string }[];
  chosen: string[];
  required?: boolean;
  error?: string | undefined;
  change: (chosen: string[]) => void;
}

export function RoleSelect({ roles, chosen, required, error, change }: SelectProps) {
  const { t } = useLingui();
  return (
    <MultiSelect
      label={t`Roles`}
      data={roles.map((role) => ({ value: String(role.id), label: role.name }))}
      value={chosen}
      withAsterisk={required}
      error={error}
      onChange={change}
    />
  );
}
