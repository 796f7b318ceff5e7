// SPDX-License-Identifier: Apache-2.0
// Which rows are chosen: those that are named, or (`all`) all that there are but those.
export interface GridSelection {
  all: boolean;
  ids: ReadonlySet<number>;
}

export const NOTHING: GridSelection = { all: false, ids: new Set() };
export const EVERYTHING: GridSelection = { all: true, ids: new Set() };

export function is_selected(selection: GridSelection, id: number): boolean {
  return selection.all !== selection.ids.has(id);
}

export function select_rows(
  selection: GridSelection,
  ids: Iterable<number>,
  wanted: boolean,
): GridSelection {
  const next = new Set(selection.ids);
  for (const id of ids) {
    if (wanted !== selection.all) next.add(id);
    else next.delete(id);
  }
  return { all: selection.all, ids: next };
}

export function selected_count(selection: GridSelection, total: number): number {
  return selection.all ? Math.max(0, total - selection.ids.size) : selection.ids.size;
}
