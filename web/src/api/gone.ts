// SPDX-License-Identifier: Apache-2.0
// A record that the viewer may no longer see: what the cache holds of it goes at once, so that no
// page shows it until the next answer.
import type { QueryClient } from "@tanstack/react-query";

const KINDS_OF_RECORD = ["record", "timeline", "history", "relations", "file_versions"];

interface WithItems {
  items: unknown[];
}

function has_items(value: unknown): value is WithItems {
  return typeof value === "object" && value !== null && Array.isArray(Reflect.get(value, "items"));
}

function page_without(page: unknown, id: number): unknown {
  if (!has_items(page)) return page;
  const items = page.items.filter((item) => (item as { id?: unknown } | null)?.id !== id);
  return items.length === page.items.length ? page : { ...page, items };
}

// A page, or pages one after the other; anything else stays as it is.
export function without_row(data: unknown, id: number): unknown {
  if (has_items(data)) return page_without(data, id);
  const pages = typeof data === "object" && data !== null ? Reflect.get(data, "pages") : undefined;
  if (!Array.isArray(pages)) return data;
  return { ...(data as object), pages: pages.map((page) => page_without(page, id)) };
}

export function forget_record(client: QueryClient, plural: string, id: number) {
  client.setQueriesData<unknown>({ queryKey: ["list", plural] }, (data: unknown) =>
    without_row(data, id),
  );
  // Reset and not made stale: a page that is open asks again, and shows that it is not there.
  void client.resetQueries({
    predicate: ({ queryKey: [kind, type, record] }) =>
      KINDS_OF_RECORD.includes(String(kind)) && type === plural && record === id,
  });
}
