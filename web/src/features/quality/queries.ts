// SPDX-License-Identifier: Apache-2.0
// How data quality is asked for. Keys begin with "quality", so that a fix can make all stale.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Page } from "../../api/types";
import type {
  Check,
  Counts,
  Finding,
  RecordQuality,
  Remark,
  Rule,
  ScoreGroup,
  ScorePoint,
  TypeStatus,
} from "./types";

const PAGE = 50;
const FACET_MAX = 50;

// Which findings; empty: all.
export interface QueueFilter {
  type: string;
  rule: string;
  severity: string;
  field: string;
  owner: string;
  group: string;
  value: string;
  dismissed: string;
}

export const NO_FILTER: QueueFilter = {
  type: "",
  rule: "",
  severity: "",
  field: "",
  owner: "",
  group: "",
  value: "",
  dismissed: "",
};

export type CountBy = "rule" | "severity" | "type" | "owner" | "group" | "value";

export const rules_query = queryOptions({
  queryKey: ["quality_rules"],
  queryFn: () => api.get<{ rules: Rule[] }>("/quality/rules"),
  staleTime: 300_000,
  retry: false,
});

export const counted_rules_query = queryOptions({
  queryKey: ["quality_rules", "counted"],
  queryFn: () => api.get<{ rules: Rule[] }>("/quality/rules", { counts: true }),
});

export const checks_query = queryOptions({
  queryKey: ["quality_checks"],
  queryFn: () => api.get<{ checks: Check[] }>("/quality/checks"),
  staleTime: 300_000,
});

export const findings_query = (filter: QueueFilter) =>
  infiniteQueryOptions({
    queryKey: ["quality", "findings", filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Finding>>(
        "/quality/findings",
        { ...filter, cursor: pageParam, limit: PAGE },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
  });

// One that an address names and the page before it does not hold.
export const finding_query = (id: number) =>
  queryOptions({
    queryKey: ["quality", "finding", id],
    queryFn: () => api.get<Finding>(`/quality/findings/${id}`),
    retry: false,
  });

export const counts_query = (by: CountBy, filter: QueueFilter) =>
  queryOptions({
    queryKey: ["quality", "counts", by, filter],
    queryFn: ({ signal }) =>
      api.get<Counts>("/quality/findings/counts", { ...filter, by, limit: FACET_MAX }, signal),
    placeholderData: (old) => old,
  });

// Of the record as it is in that version.
export const record_quality_query = (type: string, id: number, version: number) =>
  queryOptions({
    queryKey: ["quality", "record", type, id, version],
    queryFn: ({ signal }) => api.get<RecordQuality>(`/quality/records/${type}/${id}`, {}, signal),
    staleTime: 60_000,
    retry: false,
    placeholderData: (old) => (old?.type === type && old.id === id ? old : undefined),
  });

export const check_query = (type: string, record: Record<string, unknown>, id?: number) =>
  queryOptions({
    queryKey: ["quality_check", type, record, id],
    queryFn: ({ signal }) =>
      api.post<{ score: number; findings: Remark[] }>(
        "/quality/check",
        { type, record, ...(id ? { id } : {}) },
        { signal },
      ),
    staleTime: 60_000,
    retry: false,
    placeholderData: (old) => old,
  });

export const status_query = queryOptions({
  queryKey: ["quality", "status"],
  queryFn: () => api.get<{ types: TypeStatus[] }>("/quality/status"),
});

export type ScoreBy = "owner" | "group" | "type" | "all";

export const scores_query = (by: ScoreBy, type: string) =>
  queryOptions({
    queryKey: ["quality", "scores", by, type],
    queryFn: () => api.get<{ groups: ScoreGroup[] }>("/quality/scores", { by, type }),
  });

export const series_query = (asked: { type: string; by: string; id?: number; days: number }) =>
  queryOptions({
    queryKey: ["quality", "series", asked],
    queryFn: () => api.get<{ points: ScorePoint[] }>("/quality/series", asked),
    retry: false,
  });

export const refresh_quality = () => query_client.invalidateQueries({ queryKey: ["quality"] });

export const refresh_rules = () =>
  Promise.all([query_client.invalidateQueries({ queryKey: ["quality_rules"] }), refresh_quality()]);
