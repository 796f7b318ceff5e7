// SPDX-License-Identifier: Apache-2.0
// Colleagues who take part: found by name, taken out with a click.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import type { Ref } from "../../api/types";
import { Initials } from "../../kit/marks";
import { RecordSelect } from "../../records/fields/link/record_select";
import classes from "./dialog.module.css";

interface Props {
  people: Ref[];
  on_change: (people: Ref[]) => void;
}

export function PeopleField({ people, on_change }: Props) {
  const { t } = useLingui();
  return (
    <div className={classes.people_field}>
      <RecordSelect
        // Empties it after each choice.
        key={people.length}
        plural="users"
        label={t`Participants`}
        aria_label={t`Participants`}
        placeholder={t`Invite a colleague`}
        value={null}
        on_change={(user) => {
          if (user && !people.some((one) => one.id === user.id)) on_change([...people, user]);
        }}
      />
      {people.length > 0 && (
        <ul className={classes.people}>
          {people.map((one) => {
            const { name } = one;
            return (
              <li key={one.id}>
                <Initials name={name} size={20} />
                <span className="clip">{name}</span>
                <ActionIcon
                  size={22}
                  aria-label={t`Take out ${name}`}
                  onClick={() => on_change(people.filter((other) => other.id !== one.id))}
                >
                  <IconX size={13} />
                </ActionIcon>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
