// SPDX-License-Identifier: Apache-2.0
// What every view of the diary needs.
import { known_colour } from "../../kit/marks";
import { useDictionary } from "../../records/dictionary";
import type { Person } from "./diary_query";
import type { DiaryState } from "./diary_state";
import type { Entry } from "./diary_types";
import type { Times } from "./drag";
import type { Span } from "./placement";

export interface NewStart {
  day: string;
  // None: it takes the whole day.
  span: Span | null;
  owner?: number | undefined;
}

export interface DiaryParts {
  state: DiaryState;
  entries: Entry[];
  persons: Person[];
  selected: string | null;
  open: (entry: Entry) => void;
  // Absent without the right.
  create: ((start: NewStart) => void) | undefined;
  set_times: (entry: Entry, times: Times) => void;
  tick: (entry: Entry, done: boolean) => void;
  remove: (entry: Entry) => void;
}

// Several people are told apart by colour; alone, the kinds of appointments are.
export function useTone(persons: Person[]) {
  const dictionary = useDictionary();
  return (entry: Entry, person?: Person) => {
    if (persons.length > 1) {
      const of = person ?? persons.find((one) => entry.users.includes(one.id));
      return of?.colour ?? "grey";
    }
    return known_colour(dictionary.item("activity_kind", entry.kind?.key ?? "")?.colour);
  };
}
