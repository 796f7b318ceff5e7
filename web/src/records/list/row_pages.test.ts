// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { type Place, ROWS_PER_PAGE, RowPages } from "./row_pages";

// A server with so many rows, whose cursor is the number of rows before the page.
function server(total: number) {
  const asked: Place[] = [];
  const pages = new RowPages<{ id: number }>(async (place) => {
    asked.push(place);
    const start = Number(place.cursor || 0) + place.skip;
    const end = Math.min(total, start + ROWS_PER_PAGE);
    const items = Array.from({ length: Math.max(0, end - start) }, (_, i) => ({ id: start + i }));
    const next = end < total ? String(end) : null;
    const count = { value: Math.min(total, 1000), at_least: total > 1000 };
    return place.first ? { items, next, count } : { items, next };
  });
  return { pages, asked };
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

it("fetches what comes into sight, page after page by cursor", async () => {
  const { pages, asked } = server(250);
  await pages.refresh();
  expect(pages.at(99)?.id).toBe(99);
  expect(pages.at(100)).toBeUndefined();
  pages.want(90, 140);
  await settled();
  expect(pages.at(100)?.id).toBe(100);
  expect(asked.at(-1)).toEqual({ cursor: "100", skip: 0, first: false });
  pages.want(200, 249);
  await settled();
  expect(pages.count).toBe(250);
});

it("jumps anywhere among a million, and goes on from there by cursor", async () => {
  const { pages, asked } = server(1_000_000);
  await pages.refresh();
  pages.set_total(1_000_000);
  expect(pages.count).toBe(1_000_000);
  pages.want(600_000, 600_040);
  await settled();
  expect(asked.at(-1)).toEqual({ cursor: "100", skip: 599_900, first: false });
  expect(pages.at(600_012)?.id).toBe(600_012);
  pages.want(600_100, 600_140);
  await settled();
  expect(asked.at(-1)).toEqual({ cursor: "600100", skip: 0, first: false });
});

it("forgets pages that are far away", async () => {
  const { pages } = server(1_000_000);
  await pages.refresh();
  pages.set_total(1_000_000);
  for (let page = 0; page < 200; page += 1) {
    pages.want(page * ROWS_PER_PAGE, page * ROWS_PER_PAGE + 40);
    await settled();
  }
  expect(pages.pages_held).toBeLessThanOrEqual(40);
  expect(pages.at(19_910)?.id).toBe(19_910);
});

it("keeps the rows on screen while it looks again, and shows an edit at once", async () => {
  const { pages } = server(250);
  await pages.refresh();
  const again = pages.refresh();
  expect(pages.at(5)?.id).toBe(5);
  await again;
  pages.patch(5, { name: "new" } as object);
  expect(pages.at(5)).toEqual({ id: 5, name: "new" });
});

it("says that nothing could be fetched", async () => {
  const pages = new RowPages<{ id: number }>(() => Promise.reject(new Error("away")));
  await expect(pages.refresh()).rejects.toThrow("away");
  expect(pages.is_pending).toBe(false);
  expect(pages.error).toBeInstanceOf(Error);
});
