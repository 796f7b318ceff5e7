// SPDX-License-Identifier: Apache-2.0
// Dragging from day to day: in a month, and what takes whole days. The element under the pointer
// says in data-drop which day it is.
import { type PointerEvent, useRef, useState } from "react";
import { type Entry, entry_key } from "./diary_types";
import { usePointer } from "./use_pointer";

const SLOP_PX = 5;
const REST_MS = 420;

interface Press {
  entry: Entry;
  // The day that was taken hold of: not the first one of what is long.
  from: string;
  x: number;
  y: number;
  is_touch: boolean;
}

export function useDayDrag(done: (entry: Entry, from: string, to: string) => void) {
  const [over, set_over] = useState<string | null>(null);
  const [dragged, set_dragged] = useState<string | null>(null);
  const press = useRef<Press | null>(null);
  const target = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const show = (day: string | null) => {
    target.current = day;
    set_over(day);
    set_dragged(day && press.current ? entry_key(press.current.entry) : null);
  };
  const stop = () => {
    clearTimeout(timer.current);
    press.current = null;
    show(null);
  };
  const grip = (entry: Entry, from: string) => (event: PointerEvent) => {
    if (event.button !== 0 || !entry.may_edit) return;
    event.stopPropagation();
    const is_touch = event.pointerType === "touch";
    press.current = { entry, from, x: event.clientX, y: event.clientY, is_touch };
    if (is_touch) timer.current = setTimeout(() => show(from), REST_MS);
  };
  usePointer({
    is_dragging: () => target.current !== null,
    stop,
    move: (event) => {
      const from = press.current;
      if (!from) return;
      const way = Math.hypot(event.clientX - from.x, event.clientY - from.y);
      if (!target.current && way < SLOP_PX) return;
      if (!target.current && from.is_touch) return stop();
      show(day_under(event.clientX, event.clientY) ?? target.current ?? from.from);
    },
    up: () => {
      const from = press.current;
      const to = target.current;
      stop();
      if (from && to && to !== from.from) done(from.entry, from.from, to);
    },
  });
  return { over, dragged, grip };
}

export type DayDrag = ReturnType<typeof useDayDrag>;

function day_under(x: number, y: number): string | null {
  const found = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-drop]");
  return found?.dataset.drop ?? null;
}
