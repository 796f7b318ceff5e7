// SPDX-License-Identifier: Apache-2.0
// What the diary shows: view and day stand in the address, whose it is in this browser.
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { Ref } from "../../api/types";
import { format_locale } from "../../base/format";
import { store, stored, stored_json } from "../../base/stored";
import { useDictionary } from "../../records/dictionary";
import {
  add_days,
  add_months,
  clock_of,
  is_day,
  week_start,
  weeks_of,
} from "../../records/list/calendar_days";
import type { View } from "./diary_types";

export const PHONE = "(max-width: 700px)";
export const VIEWS: View[] = ["day", "week", "month", "agenda"];
export const USERS_MAX = 20;
const AGENDA_DAYS = 30;
const MONDAY = 1;
// In the order in which they are given out; the first is the viewer's own.
export const PEOPLE_COLOURS = "teal purple orange blue pink green yellow red".split(" ");

export interface Colleague extends Ref {
  colour: string;
  is_shown: boolean;
}

export interface ShownGroup extends Ref {
  is_shown: boolean;
}

export interface People {
  users: Colleague[];
  groups: ShownGroup[];
}

export interface DiarySearch {
  view?: string;
  day?: string;
}

// Which days a view shows, and how far one step goes.
export function days_shown(
  view: View,
  day: string,
  week: { first: number; days: 5 | 7 },
): { days: string[]; weeks: string[][] } {
  const run = (from: string, count: number) =>
    Array.from({ length: count }, (_, place) => add_days(from, place));
  if (view === "day") return { days: [day], weeks: [] };
  if (view === "agenda") return { days: run(day, AGENDA_DAYS), weeks: [] };
  if (view === "month") {
    const weeks = weeks_of(day, "month", week.first);
    return { days: weeks.flat(), weeks };
  }
  // A work week begins on Monday wherever the whole one does.
  const first = week_start(day, week.days === 5 ? MONDAY : week.first);
  return { days: run(first, week.days), weeks: [] };
}

export function step_day(view: View, day: string, count: number): string {
  if (view === "month") return add_months(day, count);
  return add_days(day, count * (view === "day" ? 1 : view === "week" ? 7 : AGENDA_DAYS));
}

export const next_colour = (users: Colleague[]) =>
  PEOPLE_COLOURS.find((colour) => !users.some((user) => user.colour === colour)) ??
  PEOPLE_COLOURS[users.length % PEOPLE_COLOURS.length]!;

function usePeople() {
  const { me } = useDictionary();
  const key = `diary.people.${me.id}`;
  const own: Colleague = { id: me.id, name: me.name, colour: PEOPLE_COLOURS[0]!, is_shown: true };
  const [people, set_people] = useState<People>(() =>
    stored_json<People>(key, { users: [own], groups: [] }),
  );
  const change = (next: Partial<People>) => {
    const all = { ...people, ...next };
    store(key, JSON.stringify(all));
    set_people(all);
  };
  return { people, change_people: change };
}

export function useDiaryState() {
  const search = useSearch({ strict: false }) as DiarySearch;
  const navigate = useNavigate();
  const { meta } = useDictionary();
  const phone = useMediaQuery(PHONE, window.matchMedia(PHONE).matches) ?? false;
  const zone = format_locale().time_zone;
  const today = clock_of(new Date(), zone).day;
  const [week_days, set_week_days] = useState<5 | 7>(stored("diary.week") === "7" ? 7 : 5);
  const people = usePeople();
  const asked = search.view ?? stored("diary.view");
  const wanted = VIEWS.find((one) => one === asked) ?? (phone ? "day" : "week");
  // A phone has no room for days beside each other.
  const view: View = phone && wanted !== "agenda" ? "day" : wanted;
  const day = is_day(search.day) ? search.day : today;
  const go = (next: { view?: View; day?: string }) => {
    if (next.view) store("diary.view", next.view);
    const all = { view: wanted, day, ...next };
    void navigate({
      to: "/diary",
      search: { view: all.view, ...(all.day !== today && { day: all.day }) },
      replace: true,
    });
  };
  const first = meta.installation?.first_day_of_week || MONDAY;
  return {
    ...people,
    view,
    day,
    today,
    zone,
    phone,
    go,
    week_days,
    set_week_days: (days: 5 | 7) => {
      store("diary.week", String(days));
      set_week_days(days);
    },
    ...days_shown(view, day, { first, days: week_days }),
  };
}

export type DiaryState = ReturnType<typeof useDiaryState>;
