// SPDX-License-Identifier: Apache-2.0
// What the roles of one user give together, with what is changed here and not yet saved.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { roles_query } from "../../api/queries";
import type { Ref, Role } from "../../api/types";
import { RecordSelect } from "../../records/fields/link/record_select";
import {
  ACTIONS,
  add_up,
  CLASSES,
  type Definition,
  FUNCTIONS,
  rights_of,
  widest,
} from "./role_rights";
import { useRoleWords } from "./role_words";
import classes from "./roles.module.css";
import settings_classes from "./settings.module.css";
import { Loaded } from "./settings_parts";

export function RolePreview({ role, draft }: { role: Role; draft: Definition }) {
  const { t } = useLingui();
  const [user, set_user] = useState<Ref | null>(null);
  return (
    <section className={`card ${settings_classes.block}`}>
      <h3>{t`What may this user do?`}</h3>
      <div className={classes.choose}>
        <RecordSelect
          plural="users"
          aria_label={t`User`}
          placeholder={t`Choose a user`}
          value={user}
          on_change={set_user}
        />
      </div>
      {user && <UserRights key={user.id} user={user} role={role} draft={draft} />}
    </section>
  );
}

function UserRights({ user, role, draft }: { user: Ref; role: Role; draft: Definition }) {
  const { t } = useLingui();
  const roles = useQuery(roles_query);
  const held = useQuery({
    queryKey: ["record", "users", user.id, "access"],
    queryFn: () => api.get<{ roles: Ref[] }>(`/users/${user.id}/access`),
  });
  return (
    <Loaded query={held}>
      {(access) => {
        const names = access.roles.map((entry) => entry.name).join(", ");
        const definitions = access.roles.flatMap(({ id }) => {
          if (id === role.id) return [draft];
          return (roles.data?.items ?? []).filter((one) => one.id === id).map(definition_of);
        });
        const unsaved = draft !== role.definition && access.roles.some(({ id }) => id === role.id);
        return (
          <>
            <p className="dim">
              {names ? t`Roles: ${names}` : t`Has no role, and so may see nothing.`}
              {unsaved && ` · ${t`with the changes above that are not saved`}`}
            </p>
            {definitions.length > 0 && <RightsTable rights={add_up(definitions)} />}
          </>
        );
      }}
    </Loaded>
  );
}

const definition_of = (role: Role): Definition => role.definition;

function RightsTable({ rights }: { rights: Definition }) {
  const { t } = useLingui();
  const words = useRoleWords();
  const sentence = (names: string[], held: string[] | undefined) =>
    names
      .filter((name) => held?.includes(name))
      .map(words.other)
      .join(" · ") || "–";
  return (
    <>
      <div
        className="table_scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys
        tabIndex={0}
      >
        <table className="table" aria-label={t`All rights together`}>
          <thead>
            <tr>
              <th scope="col">{t`Record type`}</th>
              {ACTIONS.map((action) => (
                <th key={action} scope="col">
                  {words.action(action)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {words.types.map((type) => (
              <tr key={type.name}>
                <th scope="row" className={classes.type}>
                  {type.label}
                </th>
                {ACTIONS.map((action) => {
                  const circle = widest(rights_of(rights, type.name)[action]);
                  return (
                    <td key={action} className={circle ? undefined : "faint"}>
                      {words.circle(circle)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl className={classes.facts}>
        <dt>{t`May also`}</dt>
        <dd>{sentence(FUNCTIONS, rights.functions)}</dd>
        <dt>{t`Sees unmasked`}</dt>
        <dd>{sentence(CLASSES, rights.field_classes)}</dd>
      </dl>
    </>
  );
}
