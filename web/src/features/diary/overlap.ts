// SPDX-License-Identifier: Apache-2.0
// Appointments at the same time stand beside each other; each is as wide as it can be.
import type { Span } from "./placement";

export interface Laid<T> {
  item: T;
  // Which of so many columns it begins in, and how many it takes.
  column: number;
  columns: number;
  span: number;
}

// Shorter ones are drawn as long as this (25 px: what a finger can meet, WCAG 2.5.8), and must not
// lie on what comes next.
export const SHOWN_MINUTES_MIN = 30;

const end_of = (span: Span) => Math.max(span.to, span.from + SHOWN_MINUTES_MIN);
const meet = (left: Span, right: Span) => left.from < end_of(right) && right.from < end_of(left);

export function lay_out<T extends Span>(items: T[]): Laid<T>[] {
  const sorted = [...items].sort((a, b) => a.from - b.from || b.to - a.to);
  return clusters(sorted).flatMap(lay_cluster);
}

// What touches nothing of the next cluster, not even through others.
function clusters<T extends Span>(sorted: T[]): T[][] {
  const found: T[][] = [];
  let end = -1;
  for (const item of sorted) {
    if (item.from >= end) found.push([]);
    found.at(-1)!.push(item);
    end = Math.max(end, end_of(item));
  }
  return found;
}

function lay_cluster<T extends Span>(cluster: T[]): Laid<T>[] {
  const columns: T[][] = [];
  const place = new Map<T, number>();
  for (const item of cluster) {
    const free = columns.findIndex((column) => !column.some((other) => meet(item, other)));
    const column = free < 0 ? columns.length : free;
    columns[column] = [...(columns[column] ?? []), item];
    place.set(item, column);
  }
  return cluster.map((item) => {
    const column = place.get(item)!;
    const blocked = columns.findIndex(
      (others, at) => at > column && others.some((other) => meet(item, other)),
    );
    const span = (blocked < 0 ? columns.length : blocked) - column;
    return { item, column, columns: columns.length, span };
  });
}

export interface Bar {
  // Places among the days that are shown, the last one included.
  first: number;
  last: number;
}

// Bars over several days, each in the first row where there is room.
export function pack_bars<T extends Bar>(bars: T[]): { bar: T; row: number }[] {
  const sorted = [...bars].sort((a, b) => a.first - b.first || b.last - a.last);
  const ends: number[] = [];
  return sorted.map((bar) => {
    const free = ends.findIndex((end) => end < bar.first);
    const row = free < 0 ? ends.length : free;
    ends[row] = bar.last;
    return { bar, row };
  });
}
