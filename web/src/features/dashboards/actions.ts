// SPDX-License-Identifier: Apache-2.0
// Writes of dashboards; each leaves the cache as the server answered.
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { keep_dashboard } from "./queries";
import type { Dashboard, DashboardHead, PlacedTile } from "./types";

export async function create_dashboard(body: Record<string, unknown>): Promise<Dashboard> {
  const made = await api.post<Dashboard>("/dashboards", body);
  keep_dashboard(made);
  return made;
}

export async function save_dashboard(
  page: Dashboard,
  changes: Record<string, unknown>,
): Promise<Dashboard> {
  const saved = await api.patch<Dashboard>(`/dashboards/${page.id}`, changes, page.version);
  keep_dashboard(saved);
  return saved;
}

export async function undo_dashboard(id: number): Promise<Dashboard> {
  const saved = await api.post<Dashboard>(`/dashboards/${id}/undo`);
  keep_dashboard(saved);
  return saved;
}

export async function reset_dashboard(id: number): Promise<Dashboard> {
  const saved = await api.post<Dashboard>(`/dashboards/${id}/reset`);
  keep_dashboard(saved);
  return saved;
}

export async function remove_dashboard(id: number) {
  await api.remove(`/dashboards/${id}`);
  query_client.removeQueries({ queryKey: ["dashboard", id] });
  await query_client.invalidateQueries({ queryKey: ["dashboards"] });
}

export async function set_favourite(page: DashboardHead, wanted: boolean) {
  const path = `/dashboards/${page.id}/favourite`;
  await (wanted ? api.put(path) : api.remove(path));
  await Promise.all([
    query_client.invalidateQueries({ queryKey: ["dashboards"] }),
    query_client.invalidateQueries({ queryKey: ["dashboard", page.id] }),
  ]);
}

// What the server needs to know of the tiles: a definition only where it is the placement's own.
export function tiles_body(tiles: PlacedTile[]): Record<string, unknown>[] {
  return tiles.map((tile) => ({
    ...(tile.id > 0 ? { id: tile.id } : {}),
    ...(tile.standard ? { standard: tile.standard } : {}),
    definition: tile.is_own ? tile.definition : null,
    x: tile.x,
    y: tile.y,
    w: tile.w,
    h: tile.h,
  }));
}
