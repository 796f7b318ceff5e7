// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Page } from "../../api/types";
import type { Connector, ConnectorChange, EgressCall } from "./types";

export interface EgressFilter {
  connector: string;
  // Days, both included; empty: without an end.
  from: string;
  to: string;
}

export const NO_FILTER: EgressFilter = { connector: "", from: "", to: "" };

const PAGE = 100;
const LAST_CALLS = 5;

export const connectors_query = queryOptions({
  queryKey: ["connectors"],
  queryFn: () => api.get<{ items: Connector[] }>("/connectors"),
});

export async function save_connector(connector: Connector, change: ConnectorChange) {
  try {
    await api.put<Connector>(`/connectors/${connector.name}`, change, connector.version);
  } finally {
    // Also after a refusal: it may have been changed meanwhile.
    await query_client.invalidateQueries({ queryKey: connectors_query.queryKey });
  }
}

// Midnight where the reader is; the day that `to` names is part of the period.
export function instant_of(day: string, days_later = 0): string | undefined {
  const start = new Date(`${day}T00:00:00`);
  if (Number.isNaN(start.getTime())) return undefined;
  start.setDate(start.getDate() + days_later);
  return start.toISOString();
}

// Each reading is an entry of the access log, so it is read when it is asked for and not again.
export const egress_query = (filter: EgressFilter) =>
  infiniteQueryOptions({
    queryKey: ["egress", filter],
    queryFn: ({ pageParam }) =>
      api.get<Page<EgressCall>>("/egress", {
        connector: filter.connector,
        from: instant_of(filter.from),
        to: instant_of(filter.to, 1),
        limit: PAGE,
        cursor: pageParam,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    refetchOnWindowFocus: false,
  });

export const last_calls_query = (connector: string) =>
  queryOptions({
    queryKey: ["egress", "last", connector],
    queryFn: () => api.get<Page<EgressCall>>("/egress", { connector, limit: LAST_CALLS }),
    refetchOnWindowFocus: false,
  });
