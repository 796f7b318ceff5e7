// SPDX-License-Identifier: Apache-2.0
// The list one came from: its rows in their order, and the way back to it. It stays as it was while
// one goes from record to record, also when an edit would have put a record elsewhere.
import { useMatch } from "@tanstack/react-router";
import { useEffect, useMemo, useSyncExternalStore } from "react";
import type { Page, Row } from "../api/types";

// Rows in one order, of which some may still have to be fetched.
export interface TrailRows {
  subscribe: (listener: () => void) => () => void;
  // Changes with what is here.
  snapshot: () => number;
  at: (index: number) => Row | undefined;
  place_of: (id: number) => number;
  want: (first: number, last: number) => void;
  readonly count: number;
  readonly counted: Page<Row>["count"];
}

interface Trail {
  plural: string;
  // The address of the list, with its filter and order.
  pathname: string;
  search: object;
  rows: TrailRows;
}

let trail: Trail | null = null;

// Records that are opened from a list know their neighbours and the way back. A page that leaves it
// to a part of itself says so with nothing.
export function useTrailOf(plural: string, rows: TrailRows | undefined) {
  // Of this page: the location is the record's already while the list is being left.
  const { pathname, search } = useMatch({ strict: false });
  useEffect(() => {
    if (rows) trail = { plural, pathname, search, rows };
  }, [plural, pathname, search, rows]);
}

// Rows that are all here: of a board or a calendar, in the order in which one reads it. `more` says
// that there are others, which the screen does not show.
export function useShownTrail(plural: string, shown: Row[], more: boolean) {
  const key = shown.map((row) => row.id).join(",");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same records are the same trail
  const rows = useMemo(() => shown_rows(shown, more), [key, more]);
  useTrailOf(plural, rows);
}

function shown_rows(shown: Row[], more: boolean): TrailRows {
  const places = new Map(shown.map((row, index) => [row.id, index]));
  return {
    subscribe: nothing,
    snapshot: zero,
    at: (index) => shown[index],
    place_of: (id) => places.get(id) ?? -1,
    want: () => {},
    count: shown.length,
    counted: { value: shown.length, at_least: more },
  };
}

export interface TrailPlace {
  pathname: string;
  search: object;
  // Counted from one.
  place: number;
  count: number;
  at_least: boolean;
  previous: Row | undefined;
  next: Row | undefined;
}

const nothing = () => () => {};
const zero = () => 0;

// Where a record stands in the list one came from; null when it is not among its rows.
export function useTrail(plural: string, id: number): TrailPlace | null {
  const rows = trail?.plural === plural ? trail.rows : null;
  useSyncExternalStore(rows?.subscribe ?? nothing, rows?.snapshot ?? zero);
  const index = rows?.place_of(id) ?? -1;
  useEffect(() => {
    // The neighbours may lie on pages that nobody has looked at yet.
    if (rows && index >= 0) rows.want(index - 1, index + 1);
  }, [rows, index]);
  if (!rows || !trail || index < 0) return null;
  return {
    pathname: trail.pathname,
    search: trail.search,
    place: index + 1,
    count: rows.counted?.value ?? rows.count,
    at_least: !!rows.counted?.at_least,
    previous: index > 0 ? rows.at(index - 1) : undefined,
    next: rows.at(index + 1),
  };
}
