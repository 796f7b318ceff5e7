// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { lay_out, pack_bars } from "./overlap";

const span = (from: number, to: number) => ({ from, to });
const places = (items: { from: number; to: number }[]) =>
  lay_out(items).map(({ item, column, columns, span: wide }) => [item.from, column, columns, wide]);

it("gives the whole width to what is alone", () => {
  expect(places([span(540, 600), span(600, 660)])).toEqual([
    [540, 0, 1, 1],
    [600, 0, 1, 1],
  ]);
});
it("puts what is at the same time beside each other", () => {
  expect(places([span(540, 600), span(570, 630)])).toEqual([
    [540, 0, 2, 1],
    [570, 1, 2, 1],
  ]);
});
it("uses a column again, and room that nobody needs", () => {
  const laid = places([span(540, 720), span(540, 570), span(540, 570), span(600, 660)]);
  expect(laid.at(-1)).toEqual([600, 1, 3, 2]);
});
it("lets no short one be covered", () => {
  expect(places([span(540, 545), span(550, 600)]).map((one) => one[2])).toEqual([2, 2]);
});
it("never lays two on the same place", () => {
  const many = Array.from({ length: 40 }, (_, at) => span((at * 37) % 600, ((at * 37) % 600) + 90));
  const laid = lay_out(many);
  for (const one of laid)
    for (const other of laid) {
      if (one === other || one.item.from >= other.item.to || other.item.from >= one.item.to)
        continue;
      const apart =
        one.column + one.span <= other.column || other.column + other.span <= one.column;
      expect(apart).toBe(true);
    }
});
it("packs bars into as few rows as there is room for", () => {
  const bars = [
    { first: 0, last: 2 },
    { first: 1, last: 1 },
    { first: 3, last: 4 },
  ];
  expect(pack_bars(bars).map(({ row }) => row)).toEqual([0, 1, 0]);
});
