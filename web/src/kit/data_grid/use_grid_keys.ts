// SPDX-License-Identifier: Apache-2.0
// The keyboard in a grid: arrows move the cell cursor, Enter, F2 and typing edit, Space looks at
// the record beside the list, Shift Space selects.
import { type KeyboardEvent, useCallback } from "react";
import type { EditEnd, GridColumn, GridPlace } from "./grid_types";

export interface KeyActs {
  move: (place: GridPlace, extend: boolean) => void;
  edit: (typed: string | null) => void;
  // Keys that came before the input was there to take them.
  type_on: (key: string) => void;
  end_on: (how: EditEnd) => void;
  cancel_edit: () => void;
  open: () => void;
  toggle: () => void;
  preview: () => void;
  select: (range: boolean) => void;
  select_loaded: () => void;
  escape: () => void;
}

interface Parts {
  place: GridPlace;
  count: number;
  page: number;
  columns: GridColumn<never>[];
  is_group: boolean;
  previewing: boolean;
  editing: boolean;
  editable: boolean;
  acts: KeyActs;
}

function step_of(event: KeyboardEvent, parts: Parts): GridPlace | null {
  const { place, count, page, columns } = parts;
  const { index, column } = place;
  const last = columns.length - 1;
  const jump = event.ctrlKey || event.metaKey;
  const places: Record<string, GridPlace> = {
    ArrowDown: { index: jump ? count - 1 : index + 1, column },
    ArrowUp: { index: jump ? 0 : index - 1, column },
    ArrowRight: { index, column: jump ? last : column + 1 },
    ArrowLeft: { index, column: jump ? 0 : column - 1 },
    PageDown: { index: index + page, column },
    PageUp: { index: index - page, column },
    Home: { index: 0, column },
    End: { index: count - 1, column },
  };
  const next = places[event.key];
  if (!next) return null;
  return {
    index: Math.max(0, Math.min(count - 1, next.index)),
    column: Math.max(0, Math.min(last, next.column)),
  };
}

export function useGridKeys(parts: Parts) {
  return useCallback(
    (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const inside = target.closest("input,textarea,button,a,[data-editor],[role=dialog]");
      if (inside && inside !== event.currentTarget && !is_row_box(target, event.key)) return;
      const action = action_of(event, parts);
      if (!action) return;
      event.preventDefault();
      // Letters are the grid's here, not the page's short cuts.
      event.stopPropagation();
      action();
    },
    [parts],
  );
}

// Arrows go on from a check box that was clicked.
function is_row_box(target: HTMLElement, key: string): boolean {
  return target.matches("input[type=checkbox]") && key.startsWith("Arrow");
}

// An input that is still being loaded: what is typed is kept for it, and so is how it ends.
function early_key({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent, acts: KeyActs) {
  if (key === "Escape") return acts.cancel_edit;
  if (key === "Enter") return () => acts.end_on("down");
  if (key === "Tab") return () => acts.end_on(shiftKey ? "previous" : "next");
  return key.length === 1 && !ctrlKey && !metaKey ? () => acts.type_on(key) : null;
}

// What the key asks for; null when it is nothing to the grid.
function action_of(event: KeyboardEvent, parts: Parts): (() => void) | null {
  const { place, columns, acts } = parts;
  const { key } = event;
  const jump = event.ctrlKey || event.metaKey;
  if (parts.editing) return early_key(event, acts);
  if (parts.is_group && (key === "Enter" || key === " ")) return acts.toggle;
  const step = event.altKey ? null : step_of(event, parts);
  if (step) return () => acts.move(step, event.shiftKey && key.startsWith("Arrow"));
  if (key === "Enter" && (place.column === 0 || !parts.editable)) return acts.open;
  if ((key === "Enter" || key === "F2") && parts.editable) return () => acts.edit(null);
  if (key === " ") return event.shiftKey || jump ? () => acts.select(false) : acts.preview;
  if (key === "Escape") return acts.escape;
  if (jump && !event.altKey && key.toLowerCase() === "a") return acts.select_loaded;
  if (jump || event.altKey) return null;
  const walks = parts.previewing || !parts.editable;
  if (walks && (key === "j" || key === "k")) {
    const index = Math.max(0, Math.min(parts.count - 1, place.index + (key === "j" ? 1 : -1)));
    return () => acts.move({ ...place, index }, false);
  }
  if (key.length !== 1 || !parts.editable || parts.previewing) return null;
  return () => acts.edit(columns[place.column]?.editing === "typed" ? key : null);
}
