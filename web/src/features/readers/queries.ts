// SPDX-License-Identifier: Apache-2.0
import { infiniteQueryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";

const PAGE = 100;

export interface Reader {
  user: { id: number; name: string };
  circle: "mine" | "primary_group" | "other_groups" | "all";
  roles: string[];
  actions: string[];
  masked: string[];
}

export const readers_query = (plural: string, id: number) =>
  infiniteQueryOptions({
    queryKey: ["readers", plural, id],
    queryFn: ({ pageParam }) =>
      api.get<{ items: Reader[]; next: number | null }>(`/${plural}/${id}/readers`, {
        limit: PAGE,
        after: pageParam || undefined,
      }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.next ?? undefined,
    // Rights change elsewhere: what is shown is asked for each time.
    staleTime: 0,
    gcTime: 0,
  });
