// SPDX-License-Identifier: Apache-2.0
// What the server knows of dashboards. A tile is asked for again when records changed that it
// depends on, and never because time has passed.
import { queryOptions } from "@tanstack/react-query";
import { useEffect } from "react";
import { api } from "../../api/client";
import { when_records_change } from "../../api/events";
import { query_client } from "../../api/queries";
import type { Page } from "../../api/types";
import { ask_tile } from "./tile_batch";
import type {
  Alert,
  Answer,
  Dashboard,
  DashboardHead,
  Definition,
  LibraryTile,
  PageFilters,
  PlacedTile,
} from "./types";

// However many changes come, a tile is not asked for more often.
const REFRESH_MS = 3_000;
const FOREVER_MS = 86_400_000;
const EXTERNAL_MS = 300_000;

export const dashboards_query = queryOptions({
  queryKey: ["dashboards"],
  queryFn: () => api.get<Page<DashboardHead>>("/dashboards"),
});

export const dashboard_query = (id: number) =>
  queryOptions({
    queryKey: ["dashboard", id],
    queryFn: () => api.get<Dashboard>(`/dashboards/${id}`),
  });

export const library_query = queryOptions({
  queryKey: ["tile_library"],
  queryFn: () => api.get<Page<LibraryTile>>("/tiles"),
  staleTime: 300_000,
});

// The definition is part of the key: an edited tile is another question.
export const tile_query = (dashboard: number, tile: PlacedTile, filters: PageFilters) =>
  queryOptions({
    queryKey: ["tile", dashboard, tile.id, JSON.stringify(tile.definition), filters],
    queryFn: ({ signal }) =>
      tile.unsaved
        ? api.post<Answer>("/tiles/preview", { definition: tile.definition, filters })
        : ask_tile(dashboard, tile.id, filters, signal),
    staleTime: FOREVER_MS,
    refetchOnWindowFocus: false,
    placeholderData: (previous) => previous,
    // Of another system nobody says that its numbers changed. The server asks it as rarely as the
    // tile says.
    refetchInterval: ({ state }) => (state.data?.external ? EXTERNAL_MS : false),
  });

// Filled by what comes late, so that the tiles know which of their numbers one is told of.
export const alerts_query = queryOptions({
  queryKey: ["alerts"],
  queryFn: () => api.get<Page<Alert>>("/me/alerts"),
  staleTime: 60_000,
});

export const library_tile_query = (key: string) =>
  queryOptions({
    queryKey: ["tile", "library", key],
    queryFn: ({ signal }) => api.get<Answer>(`/tiles/${key}/data`, {}, signal),
    staleTime: FOREVER_MS,
  });

export const preview_query = (definition: Definition, filters: PageFilters = {}) =>
  queryOptions({
    queryKey: ["tile", "preview", JSON.stringify(definition), filters],
    queryFn: () => api.post<Answer>("/tiles/preview", { definition, filters }),
    staleTime: FOREVER_MS,
    retry: false,
    placeholderData: (previous) => previous,
  });

export function keep_dashboard(page: Dashboard) {
  query_client.setQueryData(dashboard_query(page.id).queryKey, page);
  void query_client.invalidateQueries({ queryKey: ["dashboards"] });
}

export function useLiveTiles() {
  useEffect(() => {
    const changed = new Set<string>();
    let last = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      last = Date.now();
      const types = new Set(changed);
      changed.clear();
      void query_client.invalidateQueries({
        predicate: ({ queryKey, state }) => {
          if (queryKey[0] !== "tile") return false;
          const answer = state.data as Answer | undefined;
          // One that failed may do better now.
          return !answer || (answer.kind !== "web" && answer.depends_on.some((t) => types.has(t)));
        },
      });
    };
    const stop = when_records_change((types) => {
      for (const type of types) changed.add(type);
      timer ??= setTimeout(refresh, Math.max(0, last + REFRESH_MS - Date.now()));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, []);
}
