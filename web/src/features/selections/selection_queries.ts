// SPDX-License-Identifier: Apache-2.0
// The shapes of /selections and how they are asked for.
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Ref, Row } from "../../api/types";

export type SelectionKind = "static" | "dynamic" | "combined";
export type Operation = "only_first" | "only_second" | "both" | "either_not_both" | "any";
export type Visibility = "me" | "groups" | "everyone";

export interface Count {
  value: number;
  at_least?: boolean;
}

export interface Combine {
  operation: Operation;
  first: { id: number; name?: string | null };
  second: { id: number; name?: string | null };
}

export interface Selection {
  id: number;
  version: number;
  name: string;
  record_type: string;
  kind: SelectionKind;
  description: string;
  category: string;
  owner: Ref;
  visible_for: Visibility;
  groups: number[];
  completed: boolean;
  keeps_history: boolean;
  retention_days: number;
  is_editable: boolean;
  created_at: string;
  updated_at: string;
  count: Count | null;
  favourite?: boolean;
  filter?: string;
  combine?: Combine;
  last_visit_at?: string | null;
  history?: {
    first_taken_at: string | null;
    taken_at: string | null;
    problem: string | null;
  } | null;
}

export interface Preview {
  count: Count;
  sentences: string[];
  all: boolean;
}

export interface Explanation {
  member: boolean;
  all: boolean;
  reasons: { text: string; holds: boolean }[];
}

export interface MemberPreview {
  count: number;
  changed: number;
  sample: Row[];
}

export interface RecordSelection {
  id: number;
  name: string;
  kind: SelectionKind;
  completed: boolean;
  is_editable: boolean;
  member: boolean | null;
}

export const selections_query = (plural?: string) =>
  queryOptions({
    queryKey: ["selections", plural ?? ""],
    queryFn: () => api.get<{ items: Selection[] }>("/selections", { type: plural }),
  });

export const selection_query = (id: number) =>
  queryOptions({
    queryKey: ["selection", id],
    queryFn: () => api.get<Selection>(`/selections/${id}`),
    // A look is a visit: it is not repeated because the window came back.
    refetchOnWindowFocus: false,
  });

// The key begins as those of lists do, so that a changed record makes the count stale too.
export const preview_query = (record_type: string, plural: string, filter: string) =>
  queryOptions({
    queryKey: ["list", plural, "selection_preview", filter],
    queryFn: () => api.post<Preview>("/selections/preview", { record_type, filter }),
    placeholderData: (previous: Preview | undefined) => previous,
    retry: false,
  });

export const explanation_query = (id: number, record: number) =>
  queryOptions({
    queryKey: ["selection", id, "explanation", record],
    queryFn: () => api.get<Explanation>(`/selections/${id}/explanation/${record}`),
  });

export const record_selections_query = (plural: string, id: number) =>
  queryOptions({
    queryKey: ["record_selections", plural, id],
    queryFn: () => api.get<{ items: RecordSelection[] }>(`/${plural}/${id}/selections`),
  });

// After a change of members or of the selection itself.
export function refresh_selection(id?: number, plural?: string) {
  void query_client.invalidateQueries({ queryKey: ["selections"] });
  void query_client.invalidateQueries({ queryKey: ["record_selections"] });
  if (id !== undefined) void query_client.invalidateQueries({ queryKey: ["selection", id] });
  if (plural) void query_client.invalidateQueries({ queryKey: ["list", plural] });
}

export const member_filter = (id: number) => `in_selection(${id})`;
