// SPDX-License-Identifier: Apache-2.0
// The roles, one at a time.
import { useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { query_client, roles_query } from "../../api/queries";
import type { Role } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { key_of } from "./key_of";
import { RoleMatrix } from "./role_matrix";
import { Loaded, SaveError, SettingsHead } from "./settings_parts";

export function RolesPage() {
  const { t } = useLingui();
  const roles = useQuery(roles_query);
  const [creating, set_creating] = useState(false);
  const [id, set_id] = useState<string | null>(null);
  return (
    <div>
      <SettingsHead
        title={t`Roles`}
        text={t`What a user may do with which records. The rights of several roles add up.`}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => set_creating(true)}>
            {t`New role`}
          </Button>
        }
      />
      <Loaded query={roles}>
        {({ items }) => {
          const role = items.find((entry) => String(entry.id) === id) ?? items[0];
          return (
            <>
              <Select
                aria-label={t`Role`}
                w={260}
                mb={16}
                allowDeselect={false}
                data={items.map((entry) => ({ value: String(entry.id), label: entry.name }))}
                value={role ? String(role.id) : null}
                onChange={set_id}
              />
              {role && <RoleMatrix key={role.id} role={role} />}
            </>
          );
        }}
      </Loaded>
      {creating && (
        <RoleDialog close={() => set_creating(false)} created={(role) => set_id(String(role.id))} />
      )}
    </div>
  );
}

function RoleDialog({ close, created }: { close: () => void; created: (role: Role) => void }) {
  const { t } = useLingui();
  const [name, set_name] = useState("");
  const save = useMutation({
    mutationFn: () =>
      api.post<Role>("/roles", {
        key: key_of(name),
        name,
        definition: { types: {}, functions: [], field_classes: [] },
      }),
    onSuccess: async (role) => {
      await query_client.invalidateQueries({ queryKey: ["roles"] });
      created(role);
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
      title={t`New role`}
      size={400}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        <TextInput
          label={t`Name`}
          value={name}
          required
          data-autofocus
          onChange={(event) => set_name(event.currentTarget.value)}
        />
        <SaveError error={save.error} />
        <Button type="submit" loading={save.isPending}>
          {t`Create`}
        </Button>
      </form>
    </Modal>
  );
}
