// SPDX-License-Identifier: Apache-2.0
// Order and widths of columns.
export const WIDTH_MIN = 60;
export const WIDTH_MAX = 1200;
export const SELECT_WIDTH = 40;

interface Sized {
  name: string;
  width: number;
}

export function moved(columns: Sized[], name: string, to: number): Sized[] {
  const column = columns.find((entry) => entry.name === name);
  if (!column) return columns;
  const next = columns.filter((entry) => entry.name !== name);
  next.splice(Math.max(0, Math.min(next.length, to)), 0, column);
  return next;
}

export function resized(columns: Sized[], name: string, width: number): Sized[] {
  const kept = Math.round(Math.max(WIDTH_MIN, Math.min(WIDTH_MAX, width)));
  return columns.map((entry) => (entry.name === name ? { ...entry, width: kept } : entry));
}

// The last column takes what is left of the width.
export function template_of(columns: Sized[]): string {
  const parts = columns.map((column, index) =>
    index === columns.length - 1 ? `minmax(${column.width}px, 1fr)` : `${column.width}px`,
  );
  return `${SELECT_WIDTH}px ${parts.join(" ")}`;
}

export function width_of(columns: Sized[]): number {
  return columns.reduce((sum, column) => sum + column.width, SELECT_WIDTH);
}
