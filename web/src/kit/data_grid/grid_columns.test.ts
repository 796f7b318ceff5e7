// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { moved, resized, template_of, WIDTH_MIN } from "./grid_columns";

const columns = ["a", "b", "c"].map((name) => ({ name, width: 100 }));
const names = (list: { name: string }[]) => list.map((column) => column.name).join("");

it("moves a column to a place, and no further than the ends", () => {
  expect(names(moved(columns, "a", 1))).toBe("bac");
  expect(names(moved(columns, "c", 0))).toBe("cab");
  expect(names(moved(columns, "a", 9))).toBe("bca");
  expect(names(moved(columns, "a", -1))).toBe("abc");
});
it("keeps a width that can still be read", () => {
  expect(resized(columns, "b", 5)[1]?.width).toBe(WIDTH_MIN);
  expect(template_of(resized(columns, "b", 250))).toBe("40px 100px 250px minmax(100px, 1fr)");
});
