// SPDX-License-Identifier: Apache-2.0
// How merges are asked for and made.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { BulkPreview, MergeDone, MergeEntry, MergePreview, Undone } from "./types";

const PAGE = 50;

export const preview_query = (plural: string, ids: number[], keep: number) =>
  queryOptions({
    queryKey: ["merge_preview", plural, ids, keep],
    queryFn: () => api.post<MergePreview>(`/${plural}/merge/preview`, { ids, keep }),
    // What is merged is what was seen last, not what was seen once.
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    placeholderData: (old) => old,
  });

export interface MergeOrder {
  keep: number;
  merge: number[];
  versions: Record<string, number>;
  choices: Record<string, number>;
}

// A job when so much is moved that it takes a while.
export const merge = (plural: string, order: MergeOrder) =>
  api.post<MergeDone | { job: number }>(`/${plural}/merge`, order);

export const merges_query = (type: string) =>
  infiniteQueryOptions({
    queryKey: ["merges", type],
    queryFn: ({ pageParam }) =>
      api.get<{ merges: MergeEntry[]; next: string | null }>("/merges", {
        type,
        after: pageParam,
        limit: PAGE,
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
  });

export const undo_preview_query = (merge: number) =>
  queryOptions({
    queryKey: ["merges", "undo", merge],
    queryFn: () => api.post<Undone>(`/merges/${merge}/undo/preview`),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export const undo_merge = (merge: number, keep_edits: boolean) =>
  api.post<Undone | { job: number }>(`/merges/${merge}/undo`, { keep_edits });

export const bulk_preview_query = (plural: string) =>
  queryOptions({
    queryKey: ["merge_preview", plural, "certain"],
    queryFn: () => api.post<BulkPreview>(`/${plural}/merge/bulk/preview`, { certain: true }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });

export const merge_certain = (plural: string) =>
  api.post<{ job: number }>(`/${plural}/merge/bulk`, { certain: true });

// Links from anywhere may have moved.
export function refresh_after_merge() {
  const KINDS = ["list", "record", "timeline", "history", "relations", "duplicates", "merges"];
  for (const kind of KINDS) void query_client.invalidateQueries({ queryKey: [kind] });
}
