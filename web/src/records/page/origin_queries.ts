// SPDX-License-Identifier: Apache-2.0
// Where the values of a record came from, as the server tells it.
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { Row } from "../../api/types";

export interface OriginSource {
  id: number;
  kind: string;
  name: string;
  licence?: string;
  legal_basis?: string;
  obtained_at?: string;
}

export interface Origin {
  field: string;
  at?: string;
  actor?: { id: number; name: string } | null;
  actor_kind?: string;
  action?: string;
  batch: {
    id: number;
    kind: string;
    created_at: string;
    is_undone: boolean;
    name: string | null;
    import: number | null;
  } | null;
  source: OriginSource | null;
}

export interface Duty {
  source: OriginSource;
  state: "open" | "informed";
  since: string;
  due_on: string;
  informed_at: string | null;
}

// A later version of the record may have other values.
export const origins_query = (plural: string, record: Row) =>
  queryOptions({
    queryKey: ["origins", plural, record.id, record.version],
    queryFn: ({ signal }) =>
      api.get<{ items: Origin[]; duties: Duty[] }>(`/${plural}/${record.id}/origins`, {}, signal),
    staleTime: 60_000,
  });
