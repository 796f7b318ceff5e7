// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { AccessEntry, Page, Ref, Row } from "../../api/types";

export interface AccessFilter {
  person: Ref | null;
  user: Ref | null;
  action: string;
  // Days, both included; empty: without an end.
  from: string;
  to: string;
}

export const NO_FILTER: AccessFilter = { person: null, user: null, action: "", from: "", to: "" };

const PAGE = 100;
const NAMES_MAX = 500;
const DAY_MS = 86_400_000;

// Midnight where the reader is; the day that `to` names is part of the period.
export function instant_of(day: string, days_later = 0): string | undefined {
  if (!day) return undefined;
  const start = new Date(`${day}T00:00:00`);
  if (Number.isNaN(start.getTime())) return undefined;
  start.setDate(start.getDate() + days_later);
  return start.toISOString();
}

// Each reading is an entry of the log itself, so it is read when it is asked for and not again.
export const access_log_query = (filter: AccessFilter) =>
  infiniteQueryOptions({
    queryKey: ["access_log", filter],
    queryFn: ({ pageParam }) =>
      api.get<Page<AccessEntry>>("/access-log", {
        type: filter.person ? "person" : undefined,
        id: filter.person?.id,
        user: filter.user?.id,
        action: filter.action,
        from: instant_of(filter.from),
        to: instant_of(filter.to, 1),
        limit: PAGE,
        cursor: pageParam,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    refetchOnWindowFocus: false,
  });

// The names of those records that the reader may see; what is missing stays a number.
export const names_query = (plural: string, ids: number[]) =>
  queryOptions({
    queryKey: ["access_log_names", plural, ids],
    queryFn: async () => {
      const names = new Map<number, string>();
      for (let at = 0; at < ids.length; at += NAMES_MAX) {
        const some = ids.slice(at, at + NAMES_MAX);
        const page = await api.post<Page<Row>>(`/${plural}/query`, {
          criteria: { field: "id", op: "in", value: some },
          fields: ["name"],
          limit: NAMES_MAX,
        });
        for (const row of page.items) names.set(row.id, String(row.name));
      }
      return names;
    },
    enabled: ids.length > 0,
    staleTime: DAY_MS,
    refetchOnWindowFocus: false,
  });
