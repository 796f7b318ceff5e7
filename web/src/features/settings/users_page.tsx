// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, CopyButton, Menu, MultiSelect } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client, refresh_record, roles_query } from "../../api/queries";
import type { Page, Ref, Row } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { Initials, Tag } from "../../kit/marks";
import classes from "./settings.module.css";
import { Loaded, SaveError, SettingsHead } from "./settings_parts";
import { RoleSelect, UserDialog } from "./user_dialog";

const USERS_MAX = 200;

export function UsersPage() {
  const { t } = useLingui();
  const [creating, set_creating] = useState(false);
  const [rights_of, set_rights_of] = useState<Row | null>(null);
  const [link_of, set_link_of] = useState<Row | null>(null);
  const users = useQuery({
    queryKey: ["list", "users", "settings"],
    queryFn: () => api.get<Page<Row>>("/users", { limit: USERS_MAX, sort: "name" }),
  });
  return (
    <div className={classes.inner}>
      <SettingsHead
        title={t`Users`}
        text={t`Everyone who signs in. Each has one primary group and any number of roles.`}
        actions={
          <Button leftSection={<IconPlus size={16} />} onClick={() => set_creating(true)}>
            {t`New user`}
          </Button>
        }
      />
      <Loaded query={users}>
        {(page) => (
          <div className="card table_scroll">
            <table className="table table_cards">
              <thead>
                <tr>
                  <th scope="col">{t`Name`}</th>
                  <th scope="col">{t`E-mail`}</th>
                  <th scope="col">{t`Primary group`}</th>
                  <th scope="col">{t`State`}</th>
                  <th scope="col">
                    <span className="visually_hidden">{t`Actions`}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {page.items.map((user) => (
                  <tr key={user.id}>
                    <td>
                      <Link
                        to="/$plural/$id"
                        params={{ plural: "users", id: String(user.id) }}
                        className="row"
                      >
                        <Initials name={String(user.name)} size={22} />
                        {String(user.name)}
                      </Link>
                    </td>
                    <td className="dim">{String(user.email ?? "")}</td>
                    <td>{(user.primary_group as Ref | null)?.name}</td>
                    <td>
                      <Tag colour={user.active === false ? "grey" : "green"}>
                        {user.active === false ? t`inactive` : t`active`}
                      </Tag>
                    </td>
                    <td align="right">
                      <Menu position="bottom-end">
                        <Menu.Target>
                          <Button variant="subtle" color="gray">
                            {t`Actions`}
                          </Button>
                        </Menu.Target>
                        <Menu.Dropdown>
                          <Menu.Item
                            onClick={() => set_rights_of(user)}
                          >{t`Roles and groups`}</Menu.Item>
                          <Menu.Item
                            onClick={() => set_link_of(user)}
                          >{t`Password link`}</Menu.Item>
                        </Menu.Dropdown>
                      </Menu>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
      {creating && <UserDialog close={() => set_creating(false)} created={set_link_of} />}
      {rights_of && <RightsDialog user={rights_of} close={() => set_rights_of(null)} />}
      {link_of && <PasswordLinkDialog user={link_of} close={() => set_link_of(null)} />}
    </div>
  );
}

const ids_of = (refs: Ref[]): string[] => refs.map((ref) => String(ref.id));

function RightsDialog({ user, close }: { user: Row; close: () => void }) {
  const { t } = useLingui();
  const roles = useQuery(roles_query);
  const groups = useQuery({
    queryKey: ["list", "groups", "settings"],
    queryFn: () => api.get<Page<Row>>("/groups", { limit: USERS_MAX, sort: "name" }),
  });
  const held = useQuery({
    queryKey: ["record", "users", user.id, "access"],
    queryFn: () => api.get<{ roles: Ref[]; groups: Ref[] }>(`/users/${user.id}/access`),
  });
  if (!held.data || !roles.data || !groups.data) return null;
  return (
    <Modal
      opened
      onClose={close}
      title={t`Roles and groups of ${String(user.name)}`}
      size={460}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <RightsForm
        id={user.id}
        held={held.data}
        roles={roles.data.items}
        groups={groups.data.items}
        close={close}
      />
    </Modal>
  );
}

interface RightsProps {
  id: number;
  held: { roles: Ref[]; groups: Ref[] };
  roles: { id: number; name: string }[];
  groups: Row[];
  close: () => void;
}

function RightsForm({ id, held, roles, groups, close }: RightsProps) {
  const { t } = useLingui();
  const [chosen, set_chosen] = useState(ids_of(held.roles));
  const [member, set_member] = useState(ids_of(held.groups));
  const save = useMutation({
    mutationFn: async () => {
      await api.put(`/users/${id}/roles`, { roles: chosen.map(Number) });
      await api.put(`/users/${id}/groups`, { groups: member.map(Number) });
    },
    onSuccess: () => {
      refresh_record("users", id);
      void query_client.invalidateQueries({ queryKey: ["me"] });
      close();
    },
  });
  return (
    <div className="stack">
      <RoleSelect roles={roles} chosen={chosen} change={set_chosen} />
      <MultiSelect
        label={t`Other groups`}
        data={groups.map((group) => ({ value: String(group.id), label: String(group.name) }))}
        value={member}
        onChange={set_member}
      />
      <SaveError error={save.error} />
      <Button loading={save.isPending} onClick={() => save.mutate()}>
        {t`Save`}
      </Button>
    </div>
  );
}

function PasswordLinkDialog({ user, close }: { user: Row; close: () => void }) {
  const { t } = useLingui();
  const make = useMutation({
    mutationFn: () => api.post<{ path: string }>(`/users/${user.id}/password-link`),
  });
  const link = make.data ? location.origin + make.data.path : "";
  return (
    <Modal
      opened
      onClose={close}
      title={t`Password link`}
      size={480}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className="stack">
        <p className="dim">
          {t`A link with which ${String(user.name)} chooses a password. It works once and for a short time; send it over a channel you trust.`}
        </p>
        {make.data ? (
          <>
            <p className={classes.secret}>{link}</p>
            <CopyButton value={link}>
              {({ copied, copy }) => <Button onClick={copy}>{copied ? t`Copied` : t`Copy`}</Button>}
            </CopyButton>
          </>
        ) : (
          <Button loading={make.isPending} onClick={() => make.mutate()}>
            {t`Make a link`}
          </Button>
        )}
        <SaveError error={make.error} />
      </div>
    </Modal>
  );
}
