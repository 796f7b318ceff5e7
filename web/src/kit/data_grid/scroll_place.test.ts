// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { HEIGHT_MAX, scrolled, scrolled_to } from "./scroll_place";

const TOTAL = 36_000_000;
const VIEW = 800;
const start = { top: 0, base: 0 };

it("is the browser's own place while everything fits", () => {
  expect(scrolled(start, 5000, 100_000, VIEW)).toEqual({ top: 5000, base: 0 });
});
it("moves pixel by pixel in small steps, in the middle of a million rows too", () => {
  const middle = scrolled(start, HEIGHT_MAX / 2, TOTAL, VIEW);
  const next = scrolled(middle, middle.top + 36, TOTAL, VIEW);
  expect(next.top + next.base - (middle.top + middle.base)).toBe(36);
});
it("reaches the same share of the rows when the bar is dragged, and both ends", () => {
  const middle = scrolled(start, (HEIGHT_MAX - VIEW) / 2, TOTAL, VIEW);
  expect(Math.abs(middle.top + middle.base - (TOTAL - VIEW) / 2)).toBeLessThan(2);
  const end = scrolled(middle, HEIGHT_MAX - VIEW, TOTAL, VIEW);
  expect(end.top + end.base).toBe(TOTAL - VIEW);
  expect(scrolled(end, 0, TOTAL, VIEW)).toEqual(start);
});
it("does not end before the rows do when one scrolls on and on", () => {
  let place = scrolled(start, 100, TOTAL, VIEW);
  for (let step = 0; step < 30_000; step += 1)
    place = scrolled(place, Math.min(place.top + 1200, HEIGHT_MAX - VIEW), TOTAL, VIEW);
  expect(place.top + place.base).toBe(TOTAL - VIEW);
});
it("brings a row into sight with the least movement", () => {
  expect(scrolled_to(start, { start: 360, end: 396 }, TOTAL, VIEW)).toEqual(start);
  const far = scrolled_to(start, { start: 30_000_000, end: 30_000_036 }, TOTAL, VIEW);
  expect(far.top + far.base).toBe(30_000_036 - VIEW);
  expect(far.top).toBeLessThan(HEIGHT_MAX);
});
