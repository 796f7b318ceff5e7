// SPDX-License-Identifier: Apache-2.0
// What a bulk action is about, as the server's API says it: some ids, or all that a list finds but
// a few.
import { api } from "../../api/client";
import type { TypeMeta } from "../../api/types";
import type { GridSelection } from "../../kit/data_grid/grid_selection";
import { sort_text } from "../filter/filter_text";
import type { ListState } from "./list_state";

export interface BulkTarget {
  ids?: number[];
  filter?: string;
  q?: string;
  except?: number[];
}

// Records that can be taken out of "all that match" by hand; the server's limit.
export const EXCEPT_MAX = 1000;

export function bulk_target(selection: GridSelection, state: ListState): BulkTarget {
  const ids = [...selection.ids].sort((left, right) => left - right);
  if (!selection.all) return { ids };
  return { filter: state.filter, q: state.q, except: ids };
}

// The same for what knows of no exceptions: some ids, or a filter.
export function chosen_of(selection: GridSelection, filter: string) {
  if (!selection.all) return { ids: [...selection.ids] };
  return { filter: export_filter(selection, filter) ?? "" };
}

export function export_filter(selection: GridSelection, filter: string): string | undefined {
  const these = `id in (${[...selection.ids].join(", ")})`;
  if (!selection.all) return these;
  if (!selection.ids.size) return filter || undefined;
  return filter ? `(${filter}) and not ${these}` : `not ${these}`;
}

export function export_url(
  type: TypeMeta,
  state: ListState,
  selection: GridSelection,
  format: string,
): string {
  return api.url(`/${type.plural}/export`, {
    format,
    filter: export_filter(selection, state.filter),
    q: selection.all ? state.q : undefined,
    sort: sort_text(state.sort),
    fields: state.columns.map((column) => column.path).join(","),
  });
}
