// SPDX-License-Identifier: Apache-2.0
// The diary of some people over some days. Its key begins like that of a list of activities, so
// that every change of one brings it up to date.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { add_days } from "../../records/list/calendar_days";
import { type DiaryState, PEOPLE_COLOURS, USERS_MAX } from "./diary_state";
import type { DiaryAnswer, DiaryUser } from "./diary_types";

interface Asked {
  from: string;
  to: string;
  users: number[];
  groups: number[];
  zone: string;
}

export const DIARY_KEY = ["list", "activities", "diary"];

const diary_query = (asked: Asked) =>
  queryOptions({
    queryKey: [...DIARY_KEY, asked],
    queryFn: ({ signal }) => {
      const { from, to, zone } = asked;
      const query = new URLSearchParams({ from, to, zone });
      for (const user of asked.users) query.append("user", String(user));
      for (const group of asked.groups) query.append("group", String(group));
      return api.get<DiaryAnswer>(`/diary?${query}`, {}, signal);
    },
    placeholderData: (old) => old,
  });

export interface Person extends DiaryUser {
  colour: string;
}

export function useDiary(state: DiaryState) {
  const { days, people, zone } = state;
  const chosen = people.users.filter((user) => user.is_shown);
  const groups = people.groups.filter((group) => group.is_shown).map((group) => group.id);
  const users = chosen.map((user) => user.id).slice(0, USERS_MAX);
  const nobody = !users.length && !groups.length;
  const answer = useQuery({
    ...diary_query({ from: days[0]!, to: add_days(days.at(-1)!, 1), users, groups, zone }),
    // Nobody asked for would be the viewer.
    enabled: !nobody,
  });
  const shown: Person[] = nobody ? [] : coloured(chosen, answer.data?.users ?? []);
  return { answer, persons: shown, entries: nobody ? [] : (answer.data?.entries ?? []), nobody };
}

// Members of a group have no colour of their own yet; they take those that are left.
function coloured(chosen: { id: number; name: string; colour: string }[], users: DiaryUser[]) {
  const known = new Map(chosen.map((user) => [user.id, user.colour]));
  const free = PEOPLE_COLOURS.filter((colour) => ![...known.values()].includes(colour));
  const palette = free.length ? free : PEOPLE_COLOURS;
  const members = users.filter((user) => !known.has(user.id));
  return [
    ...chosen,
    ...members.map((user, place) => ({ ...user, colour: palette[place % palette.length]! })),
  ];
}
