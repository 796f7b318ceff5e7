// SPDX-License-Identifier: Apache-2.0
// Drawing, moving and resizing on a grid of hours: with the mouse at once, with a finger after it
// has rested, because before that it scrolls.
import { type PointerEvent, type RefObject, useRef, useState } from "react";
import type { Entry } from "./diary_types";
import { drawn, resized, shifted } from "./drag";
import { DAY_MINUTES, type Span } from "./placement";
import { usePointer } from "./use_pointer";

export type DragKind = "new" | "move" | "start" | "end";

export interface Drag {
  kind: DragKind;
  // What is dragged; empty for a new one.
  key: string;
  entry: Entry | null;
  column: number;
  span: Span;
}

export interface Grip {
  kind: DragKind;
  key: string;
  entry: Entry | null;
  span: Span;
}

interface Press extends Grip {
  x: number;
  y: number;
  minute: number;
  column: number;
  is_touch: boolean;
}

const SLOP_PX = 4;
const REST_MS = 420;
const REST_SLOP_PX = 10;
const EDGE_PX = 40;
const SCROLL_PX = 14;

interface Options {
  area: RefObject<HTMLDivElement | null>;
  // Lanes of people: an appointment stays in its own.
  is_fixed: boolean;
  grip_of: (target: HTMLElement) => Grip | null;
  done: (drag: Drag) => void;
}

export function useGridDrag({ area, is_fixed, grip_of, done }: Options) {
  const [drag, set_drag] = useState<Drag | null>(null);
  const press = useRef<Press | null>(null);
  const current = useRef<Drag | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const show = (next: Drag | null) => {
    current.current = next;
    set_drag(next);
  };
  const stop = () => {
    clearTimeout(timer.current);
    press.current = null;
    show(null);
  };
  const follow = (x: number, y: number) => {
    const from = press.current;
    if (!from || !area.current) return;
    scroll_near_edge(area.current, y);
    const at = place_at(area.current, x, y);
    if (at) show(drag_to(from, { ...at, column: is_fixed ? from.column : at.column }));
  };
  const on_pointer_down = (event: PointerEvent) => {
    if (event.button !== 0 || !area.current) return;
    const grip = grip_of(event.target as HTMLElement);
    const at = place_at(area.current, event.clientX, event.clientY);
    if (!grip || !at) return;
    const is_touch = event.pointerType === "touch";
    const { clientX: x, clientY: y } = event;
    press.current = { ...grip, ...at, x, y, is_touch };
    if (!is_touch) return;
    timer.current = setTimeout(() => {
      navigator.vibrate?.(12);
      follow(x, y);
    }, REST_MS);
  };

  usePointer({
    is_dragging: () => current.current !== null,
    stop,
    move: (event) => {
      const from = press.current;
      if (!from) return;
      if (current.current) return follow(event.clientX, event.clientY);
      const way = Math.hypot(event.clientX - from.x, event.clientY - from.y);
      if (from.is_touch) return way > REST_SLOP_PX ? stop() : undefined;
      if (way > SLOP_PX) follow(event.clientX, event.clientY);
    },
    up: () => {
      const last = current.current;
      stop();
      if (last) done(last);
    },
  });
  return { drag, on_pointer_down };
}

function drag_to(from: Press, at: { column: number; minute: number }): Drag {
  const { kind, key, entry, span } = from;
  if (kind === "new") {
    return { kind, key, entry, column: from.column, span: drawn(from.minute, at.minute) };
  }
  if (kind === "move") {
    return { kind, key, entry, column: at.column, span: shifted(span, at.minute - from.minute) };
  }
  return { kind, key, entry, column: from.column, span: resized(span, kind, at.minute) };
}

// The column under the pointer, or the nearest, and the minute of its day.
function place_at(area: HTMLElement, x: number, y: number) {
  const columns = [...area.querySelectorAll<HTMLElement>("[data-column]")];
  const boxes = columns.map((column) => column.getBoundingClientRect());
  const first = boxes[0];
  if (!first?.height) return null;
  const under = boxes.findIndex((box) => x < box.right);
  const column = under < 0 ? boxes.length - 1 : under;
  return { column, minute: ((y - first.top) / first.height) * DAY_MINUTES };
}

export const minute_at = (column: HTMLElement, y: number) => {
  const box = column.getBoundingClientRect();
  return ((y - box.top) / box.height) * DAY_MINUTES;
};

function scroll_near_edge(area: HTMLElement, y: number) {
  const { top, bottom } = area.getBoundingClientRect();
  if (y > bottom - EDGE_PX) area.scrollBy(0, SCROLL_PX);
  else if (y < top + EDGE_PX) area.scrollBy(0, -SCROLL_PX);
}
