// SPDX-License-Identifier: Apache-2.0
// Keys begin with "layouts", so that an event makes all of them stale.
import { queryOptions } from "@tanstack/react-query";
import { api, query_text } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Page, Ref, Row, TypeMeta } from "../../api/types";
import type { PageLayout } from "../../records/layout/layout_parts";

export interface LayoutState {
  type: string;
  role: number;
  version: number;
  is_own: boolean;
  // Whose it is: 0 for everybody's, null for the one that comes with the program.
  from_role: number | null;
  own_for: number[];
  layout: PageLayout;
}

export interface LayoutVersion {
  version: number;
  is_standard: boolean;
  changed_at: string;
  changed_by: Ref | null;
}

// Role 0: everybody whose roles have none of their own.
const path = (type: string, role: number, more = "") =>
  `/layouts/${type}${more}${query_text({ role })}`;

export const layout_query = (type: string, role: number) =>
  queryOptions({
    queryKey: ["layouts", "stored", type, role],
    queryFn: () => api.get<LayoutState>(path(type, role)),
  });

export const versions_query = (type: string, role: number) =>
  queryOptions({
    queryKey: ["layouts", "versions", type, role],
    queryFn: () => api.get<{ items: LayoutVersion[] }>(path(type, role, "/versions")),
  });

// Some records to look at a layout with.
export const samples_query = (type: TypeMeta) =>
  queryOptions({
    queryKey: ["list", type.plural, "samples"],
    queryFn: () =>
      api.get<Page<Row>>(`/${type.plural}`, { fields: "name", limit: 20, count: "none" }),
    staleTime: 60_000,
  });

function took(state: LayoutState) {
  query_client.setQueryData(layout_query(state.type, state.role).queryKey, state);
  void query_client.invalidateQueries({ queryKey: ["layouts"] });
  return state;
}

export const save_layout = async (
  type: string,
  role: number,
  layout: PageLayout,
  version: number,
) => took(await api.put<LayoutState>(path(type, role), layout, version));

export const reset_layout = async (type: string, role: number, version: number) =>
  took(await api.remove<LayoutState>(path(type, role), undefined, version));

export const restore_layout = async (
  type: string,
  role: number,
  wanted: number,
  version: number,
): Promise<LayoutState> =>
  took(
    await api.post<LayoutState>(
      path(type, role, "/restoration"),
      { version: wanted },
      {
        version,
      },
    ),
  );
