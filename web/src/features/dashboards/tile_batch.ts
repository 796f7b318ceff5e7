// SPDX-License-Identifier: Apache-2.0
// Tiles that are wanted at once are asked for in one call, which answers what the server has kept.
// What it would have to compute it leaves out, and those are asked for one by one, so that a slow
// tile holds no other up.
import { api } from "../../api/client";
import type { Answer, PageFilters } from "./types";

interface Wanted {
  resolve: (answer: Answer | Promise<Answer>) => void;
  signal: AbortSignal;
}

const waiting = new Map<string, Map<number, Wanted[]>>();

const alone = (dashboard: number, tile: number, filters: PageFilters, signal: AbortSignal) =>
  api.get<Answer>(`/dashboards/${dashboard}/tiles/${tile}/data`, { ...filters }, signal);

async function ask_together(
  dashboard: number,
  filters: PageFilters,
  wanted: Map<number, Wanted[]>,
) {
  const known = await api
    .get<{ tiles: Record<string, Answer | null> }>(`/dashboards/${dashboard}/data`, {
      ...filters,
      tiles: [...wanted.keys()].join(","),
    })
    // Each tile's own call says what is wrong.
    .catch(() => ({ tiles: {} as Record<string, Answer | null> }));
  for (const [tile, askers] of wanted)
    for (const { resolve, signal } of askers)
      resolve(known.tiles[tile] ?? alone(dashboard, tile, filters, signal));
}

export function ask_tile(
  dashboard: number,
  tile: number,
  filters: PageFilters,
  signal: AbortSignal,
): Promise<Answer> {
  const key = `${dashboard} ${JSON.stringify(filters)}`;
  return new Promise((resolve) => {
    let wanted = waiting.get(key);
    if (!wanted) {
      const fresh = new Map<number, Wanted[]>();
      wanted = fresh;
      waiting.set(key, fresh);
      setTimeout(() => {
        waiting.delete(key);
        const [first] = fresh;
        if (fresh.size === 1 && first)
          for (const { resolve: answer, signal: stop } of first[1])
            answer(alone(dashboard, first[0], filters, stop));
        else void ask_together(dashboard, filters, fresh);
      });
    }
    wanted.set(tile, [...(wanted.get(tile) ?? []), { resolve, signal }]);
  });
}
