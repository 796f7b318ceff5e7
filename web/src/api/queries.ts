// SPDX-License-Identifier: Apache-2.0
// Query keys and fetchers. Keys begin with what they hold and the plural, so that an event can
// invalidate exactly what it touches.
import { infiniteQueryOptions, QueryClient, queryOptions } from "@tanstack/react-query";
import { ApiError, api } from "./client";
import type {
  Batch,
  ExchangeRate,
  FileVersion,
  HistoryItem,
  Job,
  Me,
  Meta,
  Page,
  Relation,
  Role,
  Row,
  SavedView,
  SearchAnswer,
  SettingsAnswer,
  TimelineItem,
} from "./types";

export const PAGE_SIZE = 100;
export const RETRIES_MAX = 2;

export const query_client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      retry: (count, error) =>
        count < RETRIES_MAX && !(error instanceof ApiError && error.status >= 400),
      refetchOnWindowFocus: true,
    },
  },
});

export const me_query = queryOptions({
  queryKey: ["me"],
  queryFn: () => api.get<Me>("/me"),
  staleTime: 300_000,
});

export const meta_query = queryOptions({
  queryKey: ["meta"],
  queryFn: () => api.get<Meta>("/meta"),
  staleTime: 300_000,
});

export interface ListParams {
  filter?: string | undefined;
  sort?: string | undefined;
  fields?: string | undefined;
  q?: string | undefined;
  bin?: boolean | undefined;
}

export function list_query(plural: string, params: ListParams, path = `/${plural}`) {
  return infiniteQueryOptions({
    queryKey: ["list", plural, path, params],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Row>>(
        path,
        {
          ...params,
          bin: params.bin || undefined,
          limit: PAGE_SIZE,
          cursor: pageParam,
          count: pageParam ? "none" : "capped",
        },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    // Keeps the old rows on screen while a new sort or filter is on its way.
    placeholderData: (previous) => previous,
  });
}

// How many records there are, exactly, without reading any of them.
export function count_query(plural: string, params: { filter: string; q: string }) {
  return queryOptions({
    queryKey: ["list", plural, "count", params],
    queryFn: ({ signal }) => count_records(plural, params, signal),
  });
}

async function count_records(plural: string, params: object, signal: AbortSignal) {
  const body = { ...params, measures: [{ kind: "count" }] };
  const path = `/${plural}/aggregate`;
  return (await api.post<{ total: { count: number } }>(path, body, { signal })).total.count;
}

// A server without saved views, or a type without rights: the list opens all the same.
export const views_query = (plural: string) =>
  queryOptions({
    queryKey: ["views", plural],
    queryFn: () => api.get<{ items: SavedView[] }>("/views", { type: plural }),
    staleTime: 60_000,
    retry: false,
  });

export const record_query = (plural: string, id: number) =>
  queryOptions({
    queryKey: ["record", plural, id],
    queryFn: ({ signal }) => api.get<Row>(`/${plural}/${id}`, {}, signal),
  });

export const timeline_query = (
  plural: string,
  id: number,
  filter: { kinds: string[]; q: string } = { kinds: [], q: "" },
) =>
  infiniteQueryOptions({
    queryKey: ["timeline", plural, id, filter],
    queryFn: ({ pageParam }) =>
      api.get<Page<TimelineItem>>(`/${plural}/${id}/timeline`, {
        limit: 30,
        cursor: pageParam,
        kinds: filter.kinds.join(","),
        q: filter.q.trim(),
      }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    placeholderData: (previous) => previous,
  });

export const history_query = (plural: string, id: number) =>
  infiniteQueryOptions({
    queryKey: ["history", plural, id],
    queryFn: ({ pageParam }) =>
      api.get<Page<HistoryItem>>(`/${plural}/${id}/history`, { limit: 30, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
  });

export const relations_query = (plural: string, id: number) =>
  queryOptions({
    queryKey: ["relations", plural, id],
    queryFn: () => api.get<{ items: Relation[] }>(`/${plural}/${id}/relations`),
  });

export const file_versions_query = (plural: string, id: number, field: string) =>
  queryOptions({
    queryKey: ["file_versions", plural, id, field],
    queryFn: () => api.get<Page<FileVersion>>(`/${plural}/${id}/files/${field}/versions`),
  });

export const search_query = (text: string, limit = 8) =>
  queryOptions({
    queryKey: ["search", text, limit],
    queryFn: ({ signal }) => api.get<SearchAnswer>("/search", { q: text, limit }, signal),
    enabled: text.trim().length > 0,
    placeholderData: (previous) => previous,
  });

export const job_query = (id: number) =>
  queryOptions({
    queryKey: ["job", id],
    queryFn: () => api.get<Job>(`/jobs/${id}`),
    refetchInterval: (query) => (is_job_over(query.state.data) ? false : 700),
  });

export const jobs_query = queryOptions({
  queryKey: ["jobs"],
  queryFn: () => api.get<Page<Job>>("/jobs"),
});

export const batches_query = queryOptions({
  queryKey: ["batches"],
  queryFn: () => api.get<{ items: Batch[] }>("/batches", { limit: 200 }),
});

export const settings_query = queryOptions({
  queryKey: ["settings"],
  queryFn: () => api.get<SettingsAnswer>("/settings"),
});

export const rates_query = queryOptions({
  queryKey: ["exchange_rates"],
  queryFn: () => api.get<{ base_currency: string; items: ExchangeRate[] }>("/exchange-rates"),
});

export const roles_query = queryOptions({
  queryKey: ["roles"],
  queryFn: () => api.get<{ items: Role[] }>("/roles"),
});

export function is_job_over(job: Job | undefined): boolean {
  return !!job && ["done", "failed", "cancelled"].includes(job.status);
}

// After a write by this browser: everything that may show the record.
export function refresh_record(plural: string, id?: number) {
  void query_client.invalidateQueries({ queryKey: ["list", plural] });
  if (id === undefined) return;
  for (const kind of ["record", "timeline", "history", "relations", "file_versions"]) {
    void query_client.invalidateQueries({ queryKey: [kind, plural, id] });
  }
}
