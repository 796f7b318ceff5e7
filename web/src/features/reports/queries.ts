// SPDX-License-Identifier: Apache-2.0
// All keys begin with "reports": a change makes them all old.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Page, Row } from "../../api/types";
import type { Delivery, Draft, Report, Schedule } from "./types";

const KEY = "reports";
// While something is on its way.
const SOON_MS = 2_000;

export const reports_query = infiniteQueryOptions({
  queryKey: [KEY, "list"],
  queryFn: ({ pageParam, signal }) =>
    api.get<Page<Report>>("/reports", { limit: 50, cursor: pageParam }, signal),
  initialPageParam: "",
  getNextPageParam: (page) => page.next || undefined,
});

export const deliveries_query = (id: number) =>
  infiniteQueryOptions({
    queryKey: [KEY, "deliveries", id],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Delivery>>(
        `/reports/${id}/deliveries`,
        { limit: 20, cursor: pageParam },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.items.some((one) => one.next_try_at !== null) ? SOON_MS : false,
  });

export const preview_query = (schedule: Schedule) =>
  queryOptions({
    queryKey: [KEY, "preview", schedule],
    queryFn: ({ signal }) =>
      api.post<{ times: string[] }>("/reports/preview", schedule, { signal }),
    placeholderData: (previous) => previous,
    retry: false,
  });

export const users_query = (words: string) =>
  queryOptions({
    queryKey: ["list", "users", "receivers", words],
    queryFn: ({ signal }) =>
      api.get<Page<Row>>(
        "/users",
        { limit: 50, sort: "name", fields: "name", filter: "active eq true", q: words },
        signal,
      ),
    placeholderData: (previous) => previous,
  });

const refresh = () => query_client.invalidateQueries({ queryKey: [KEY] });

async function then_refresh<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    void refresh();
  }
}

export const create_report = (dashboard: number, filters: object, draft: Draft) =>
  then_refresh(api.post<Report>("/reports", { dashboard, filters, ...draft }));
export const save_report = (report: Report, changes: Partial<Draft>) =>
  then_refresh(api.patch<Report>(`/reports/${report.id}`, changes, report.version));
export const remove_report = (report: Report) =>
  then_refresh(api.remove(`/reports/${report.id}`, undefined, report.version));
export const send_report = (report: Report) => then_refresh(api.post(`/reports/${report.id}/send`));
export const set_unsubscribed = (report: Report, wanted: boolean) =>
  then_refresh(
    wanted
      ? api.put(`/reports/${report.id}/unsubscribed`)
      : api.remove(`/reports/${report.id}/unsubscribed`),
  );
