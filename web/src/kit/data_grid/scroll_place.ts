// SPDX-License-Identifier: Apache-2.0
// Browsers cannot scroll an element of a million rows: they cut its height off somewhere between
// 17 and 33 million pixels. So the element is at most HEIGHT_MAX high, and `base` says how many
// pixels of rows lie above what the scroll bar says. Small steps move pixel by pixel; a jump of the
// scroll bar goes to the same share of the rows.
export const HEIGHT_MAX = 8_000_000;

export interface ScrollPlace {
  // What the browser's scrollTop is, and what must be added to it to get the place in the rows.
  top: number;
  base: number;
}

export function scroll_height(total: number): number {
  return Math.min(total, HEIGHT_MAX);
}

function at_share(virtual: number, total: number, view: number): ScrollPlace {
  const top = Math.round((virtual / (total - view)) * (HEIGHT_MAX - view));
  return { top, base: Math.round(virtual) - top };
}

// After the browser scrolled to `top`. When the answer has another top, the browser must be told.
export function scrolled(old: ScrollPlace, top: number, total: number, view: number): ScrollPlace {
  if (total <= HEIGHT_MAX) return { top, base: 0 };
  const last = HEIGHT_MAX - view;
  if (top <= 0) return { top: 0, base: 0 };
  if (top >= last) return { top, base: total - HEIGHT_MAX };
  const is_jump = Math.abs(top - old.top) > 2 * view;
  if (is_jump) return at_share((top / last) * (total - view), total, view);
  const virtual = Math.max(0, Math.min(total - view, top + old.base));
  // Near an end of the bar, but not of the rows: the bar is put back where it belongs.
  const cramped = top < view || top > last - view;
  const at_end = virtual < view || virtual > total - 2 * view;
  return cramped && !at_end ? at_share(virtual, total, view) : { top, base: virtual - top };
}

// The place that shows the row at `start` … `end` with the least movement.
export function scrolled_to(
  old: ScrollPlace,
  row: { start: number; end: number },
  total: number,
  view: number,
): ScrollPlace {
  const now = old.top + old.base;
  let virtual = now;
  if (row.start < now) virtual = row.start;
  else if (row.end > now + view) virtual = row.end - view;
  if (virtual === now) return old;
  if (total <= HEIGHT_MAX) return { top: virtual, base: 0 };
  const top = virtual - old.base;
  const fits = top > view && top < HEIGHT_MAX - 2 * view;
  return fits ? { top, base: old.base } : at_share(virtual, total, view);
}
