// SPDX-License-Identifier: Apache-2.0
// What becomes of a mapping when the look of the tile changes. Pure.
import type { Definition, Presentation, Source } from "./types";

type Column = { label: string; path: string };

export const text_of_columns = (columns: Column[]): string =>
  columns.map(({ label, path }) => `${label} = ${path}`).join("\n");

// Lines that say no path yet are being written.
export function columns_of_text(text: string): Column[] {
  return text.split("\n").flatMap((line) => {
    const at = line.lastIndexOf("=");
    const label = line.slice(0, at).trim();
    const path = line.slice(at + 1).trim();
    return at > 0 && label && (path === "" || path.startsWith("/")) ? [{ label, path }] : [];
  });
}

export function fit_external(old: Definition, presentation: Presentation): Definition {
  const { url, rows = "", minutes, ...rest } = old.source!;
  const source: Source = { url };
  if (minutes !== undefined) source.minutes = minutes;
  const single = presentation === "number" || presentation === "gauge";
  if (!single) source.rows = rows;
  if (presentation === "list") source.columns = rest.columns ?? [{ label: "Name", path: "/name" }];
  else source.value = rest.value ?? "/value";
  if (!single && presentation !== "list") {
    source.label = rest.label ?? "/name";
    if (rest.series) source.series = rest.series;
  }
  const next: Definition = { title: old.title, presentation, source };
  if (single && old.target !== undefined) next.target = old.target;
  return next;
}
