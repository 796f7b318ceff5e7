// SPDX-License-Identifier: Apache-2.0
// Whose diary is shown: colleagues and groups, each switched on and off, found by name.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconUsersGroup, IconX } from "@tabler/icons-react";
import { useId } from "react";
import type { Ref } from "../../api/types";
import { useDictionary } from "../../records/dictionary";
import { RecordSelect } from "../../records/fields/link/record_select";
import type { Person } from "./diary_query";
import { type DiaryState, next_colour, USERS_MAX } from "./diary_state";
import classes from "./page.module.css";
import tones from "./tones.module.css";

export function PeopleList({ state, persons }: { state: DiaryState; persons: Person[] }) {
  const { t } = useLingui();
  const { me } = useDictionary();
  const { people, change_people } = state;
  const { users, groups } = people;
  const members = persons.filter((person) => !users.some((user) => user.id === person.id));
  const add_user = (user: Ref | null) => {
    if (!user || users.length >= USERS_MAX || users.some((one) => one.id === user.id)) return;
    const colour = next_colour(users);
    change_people({ users: [...users, { ...user, colour, is_shown: true }] });
  };
  const add_group = (group: Ref | null) => {
    if (!group || groups.some((one) => one.id === group.id)) return;
    change_people({ groups: [...groups, { ...group, is_shown: true }] });
  };
  return (
    <>
      <section className={classes.people} aria-label={t`People`}>
        <h2>{t`People`}</h2>
        <ul>
          {users.map(({ name, ...user }) => (
            <Line
              key={user.id}
              name={user.id === me.id ? t`${name} (you)` : name}
              colour={user.colour}
              is_shown={user.is_shown}
              toggle={(is_shown) =>
                change_people({
                  users: users.map((one) => (one.id === user.id ? { ...one, is_shown } : one)),
                })
              }
              remove={
                user.id === me.id
                  ? undefined
                  : () => change_people({ users: users.filter((one) => one.id !== user.id) })
              }
            />
          ))}
        </ul>
        <RecordSelect
          key={`user${users.length}`}
          plural="users"
          aria_label={t`Add a colleague`}
          placeholder={t`Add a colleague`}
          value={null}
          on_change={add_user}
        />
      </section>
      <section className={classes.people} aria-label={t`Groups`}>
        <h2>{t`Groups`}</h2>
        <ul>
          {groups.map((group) => (
            <Line
              key={group.id}
              name={group.name}
              colour={null}
              is_shown={group.is_shown}
              toggle={(is_shown) =>
                change_people({
                  groups: groups.map((one) => (one.id === group.id ? { ...one, is_shown } : one)),
                })
              }
              remove={() => change_people({ groups: groups.filter((one) => one.id !== group.id) })}
            />
          ))}
          {members.map((person) => (
            <li
              key={person.id}
              className={`${classes.member} ${tones.tone}`}
              data-colour={person.colour}
            >
              <i aria-hidden />
              <span className="clip">{person.name}</span>
            </li>
          ))}
        </ul>
        <RecordSelect
          key={`group${groups.length}`}
          plural="groups"
          aria_label={t`Add a group`}
          placeholder={t`Add a group`}
          value={null}
          on_change={add_group}
        />
      </section>
    </>
  );
}

interface LineProps {
  name: string;
  colour: string | null;
  is_shown: boolean;
  toggle: (is_shown: boolean) => void;
  remove: (() => void) | undefined;
}

function Line({ name, colour, is_shown, toggle, remove }: LineProps) {
  const { t } = useLingui();
  const id = useId();
  return (
    <li className={`${classes.line} ${tones.tone}`} data-colour={colour ?? undefined}>
      <input
        id={id}
        type="checkbox"
        checked={is_shown}
        onChange={(event) => toggle(event.currentTarget.checked)}
      />
      {!colour && <IconUsersGroup size={15} stroke={1.6} aria-hidden />}
      <label htmlFor={id} className="clip grow">
        {name}
      </label>
      {remove && (
        <ActionIcon size={22} aria-label={t`Take out ${name}`} onClick={remove}>
          <IconX size={13} />
        </ActionIcon>
      )}
    </li>
  );
}
