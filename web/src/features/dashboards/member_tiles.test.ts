// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import type { TypeMeta } from "../../api/types";
import { packed, within_members } from "./member_tiles";
import type { Definition, PlacedTile } from "./types";

const company = { name: "company", fields: [] } as unknown as TypeMeta;
const sale = {
  name: "sale",
  fields: [{ name: "company", kind: "link", target: "company" }],
} as unknown as TypeMeta;
const dictionary = {
  type: (name: string) => [company, sale].find((type) => type.name === name),
};
const tile = (definition: Partial<Definition>) =>
  within_members(dictionary, { title: "x", presentation: "bar", ...definition }, company, 17);

it("counts the members themselves, and what is linked to them", () => {
  expect(tile({ record_type: "company" })?.filter).toBe("in_selection(17)");
  expect(tile({ record_type: "sale", filter: "status eq 'open' or amount gt 5" })?.filter).toBe(
    "(status eq 'open' or amount gt 5) and company.in_selection(17)",
  );
});
it("leaves out what has nothing to do with the members", () => {
  expect(tile({ record_type: "product" })).toBeNull();
  expect(tile({ record_type: "company", presentation: "web" })).toBeNull();
  expect(within_members(dictionary, null, company, 17)).toBeNull();
});
it("fills rows of twelve columns without gaps", () => {
  const sizes = [
    [6, 4],
    [6, 5],
    [4, 2],
    [9, 3],
  ];
  const tiles = sizes.map(([w, h], id) => ({ id, w, h, x: 0, y: 40 }) as PlacedTile);
  expect(packed(tiles).map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [6, 0],
    [0, 5],
    [0, 7],
  ]);
});
