// SPDX-License-Identifier: Apache-2.0
// All keys begin with "notifications": what the server tells the socket makes them all old.
import { infiniteQueryOptions, queryOptions, useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Choice, ToldPage, WatchedPage } from "./types";

const KEY = "notifications";
const PATH = "/me/notifications";
// For whom no socket gets through.
const ASK_AGAIN_MS = 60_000;

export const unread_query = queryOptions({
  queryKey: [KEY, "unread"],
  queryFn: () => api.get<{ unread: number }>(`${PATH}/unread`),
  refetchInterval: ASK_AGAIN_MS,
  retry: false,
});

export const told_query = (only_unread: boolean) =>
  infiniteQueryOptions({
    queryKey: [KEY, "list", { only_unread }],
    queryFn: ({ pageParam, signal }) =>
      api.get<ToldPage>(
        PATH,
        { limit: 30, cursor: pageParam, unread: only_unread || undefined },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
    placeholderData: (previous) => previous,
  });

// The newest ones that were not read, for what pops up.
export const newest_query = queryOptions({
  queryKey: [KEY, "newest"],
  queryFn: () => api.get<ToldPage>(PATH, { limit: 10, unread: true }),
  retry: false,
});

export const watches_query = infiniteQueryOptions({
  queryKey: ["watches"],
  queryFn: ({ pageParam, signal }) =>
    api.get<WatchedPage>("/me/watches", { limit: 50, cursor: pageParam }, signal),
  initialPageParam: "",
  getNextPageParam: (page) => page.next || undefined,
});

export const choices_query = queryOptions({
  queryKey: ["notification_choices"],
  queryFn: () => api.get<{ items: Choice[] }>("/me/notification_choices"),
});

const refresh = () => query_client.invalidateQueries({ queryKey: [KEY] });

export function useMark() {
  return useMutation({
    mutationFn: ({ id, read }: { id: number; read: boolean }) =>
      api.put<{ unread: number }>(`${PATH}/${id}`, { read }),
    onSettled: refresh,
  });
}

export function useMarkAll() {
  return useMutation({
    mutationFn: (until: string) => api.post<{ unread: number }>(`${PATH}/read`, { until }),
    onSettled: refresh,
  });
}
