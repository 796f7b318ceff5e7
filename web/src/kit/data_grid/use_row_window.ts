// SPDX-License-Identifier: Apache-2.0
// Which rows are in sight, and how to bring one there.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { type ScrollPlace, scroll_height, scrolled, scrolled_to } from "./scroll_place";

const OVERSCAN = 10;
export const HEADER_HEIGHT = 34;
// After a jump of the scroll bar nothing is fetched until it rests for so long.
const REST_MS = 80;

interface Parts {
  count: number;
  row_height: number;
  scroller: RefObject<HTMLDivElement | null>;
  want: (first: number, last: number) => void;
  // Of the rows: a group that closes brings others into sight without any scrolling.
  version: number;
}

export function useRowWindow({ count, row_height, scroller, want, version }: Parts) {
  const [place, set_place] = useState<ScrollPlace>({ top: 0, base: 0 });
  const [view, set_view] = useState(600);
  const total = count * row_height;
  const latest = useRef({ place, total, view });
  latest.current = { place, total, view };

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const read = () => set_view(Math.max(100, element.clientHeight - HEADER_HEIGHT));
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  const go = useCallback(
    (next: ScrollPlace) => {
      const element = scroller.current;
      latest.current.place = next;
      set_place(next);
      if (element && element.scrollTop !== next.top) element.scrollTop = next.top;
    },
    [scroller],
  );
  const on_scroll = useCallback(() => {
    const element = scroller.current;
    const { place: old, total: height, view: seen } = latest.current;
    if (element && element.scrollTop !== old.top)
      go(scrolled(old, element.scrollTop, height, seen));
  }, [scroller, go]);
  const scroll_to = useCallback(
    (index: number) => {
      const { place: old, total: height, view: seen } = latest.current;
      const start = index * row_height;
      go(scrolled_to(old, { start, end: start + row_height }, height, seen));
    },
    [go, row_height],
  );
  const to_start = useCallback(() => go({ top: 0, base: 0 }), [go]);

  const virtual = place.top + place.base;
  const seen_first = Math.max(0, Math.min(count - 1, Math.floor(virtual / row_height)));
  const seen_last = Math.min(count - 1, Math.ceil((virtual + view) / row_height));
  useWanted(seen_first, seen_last, want, version);
  return {
    first: Math.max(0, seen_first - OVERSCAN),
    last: Math.min(count - 1, seen_last + OVERSCAN),
    page: Math.max(1, Math.floor(view / row_height) - 1),
    base: place.base,
    height: scroll_height(total),
    on_scroll,
    scroll_to,
    to_start,
  };
}

function useWanted(first: number, last: number, want: Parts["want"], version: number) {
  const before = useRef(first);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows stand there now
  useEffect(() => {
    const is_jump = Math.abs(first - before.current) > 3 * (last - first + 1);
    before.current = first;
    const ahead = last + (last - first);
    if (!is_jump) {
      want(first, ahead);
      return;
    }
    const timer = setTimeout(() => want(first, ahead), REST_MS);
    return () => clearTimeout(timer);
  }, [first, last, want, version]);
}
