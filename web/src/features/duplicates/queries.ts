// SPDX-License-Identifier: Apache-2.0
// How duplicates are asked for. Keys begin with "duplicates", so that a merge can make all stale.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Candidate, PairPage, RulesAnswer, Scan } from "./types";

const PAGE = 50;

export const rules_query = queryOptions({
  queryKey: ["duplicate_rules"],
  queryFn: () => api.get<RulesAnswer>("/duplicates/rules"),
  staleTime: 300_000,
  retry: false,
});

export interface PairFilter {
  type: string;
  certainty: string;
  owner: string;
}

export const pairs_query = (filter: PairFilter) =>
  infiniteQueryOptions({
    queryKey: ["duplicates", "pairs", filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<PairPage>("/duplicates", { ...filter, after: pageParam, limit: PAGE }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    enabled: filter.type !== "",
  });

export const scans_query = queryOptions({
  queryKey: ["duplicates", "scans"],
  queryFn: () => api.get<{ scans: Scan[] }>("/duplicates/scans"),
});

// What a record may be the same as: one that is being made, or one that is there.
export const candidates_query = (
  plural: string,
  record: Record<string, unknown>,
  exclude?: number,
  limit = 5,
) =>
  queryOptions({
    queryKey: ["duplicates", "candidates", plural, record, exclude],
    queryFn: ({ signal }) =>
      api.post<{ candidates: Candidate[] }>(
        `/${plural}/duplicates`,
        { record, limit, ...(exclude ? { exclude } : {}) },
        { signal },
      ),
    staleTime: 60_000,
    retry: false,
  });

export const refresh_duplicates = () =>
  query_client.invalidateQueries({ queryKey: ["duplicates"] });

export const dismiss = (type: string, ids: [number, number]) =>
  api.post("/duplicates/dismiss", { type, ids });
export const restore = (type: string, ids: [number, number]) =>
  api.post("/duplicates/restore", { type, ids });
