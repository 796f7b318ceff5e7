// SPDX-License-Identifier: Apache-2.0
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ask_tile } from "./tile_batch";

const calls: string[] = [];
let known: Record<string, unknown> | null = {};

beforeEach(() => {
  calls.length = 0;
  vi.stubGlobal("fetch", async (url: string) => {
    calls.push(url);
    const path = url.slice(0, url.indexOf("?") + 1 || undefined).replace("?", "");
    if (!path.endsWith("/dashboards/7/data"))
      return new Response(JSON.stringify({ title: path.split("/").at(-2) }));
    return known
      ? new Response(JSON.stringify({ tiles: known }))
      : new Response('{"code":"net/unavailable"}', { status: 503 });
  });
});
afterEach(() => vi.unstubAllGlobals());

const signal = new AbortController().signal;
const ask = (tile: number) => ask_tile(7, tile, { country: "DK" }, signal);

test("asks once for what is known, and by itself for each tile that is not", async () => {
  known = { 1: { title: "kept" }, 2: null };
  const answers = await Promise.all([ask(1), ask(2), ask(3)]);
  expect(answers.map((answer) => answer.title)).toEqual(["kept", "2", "3"]);
  expect(calls).toEqual([
    "/api/v1/dashboards/7/data?country=DK&tiles=1%2C2%2C3",
    "/api/v1/dashboards/7/tiles/2/data?country=DK",
    "/api/v1/dashboards/7/tiles/3/data?country=DK",
  ]);
});

test("asks for a single tile straight away", async () => {
  expect((await ask(4)).title).toBe("4");
  expect(calls).toEqual(["/api/v1/dashboards/7/tiles/4/data?country=DK"]);
});

test("lets each tile speak for itself when the call for all of them fails", async () => {
  known = null;
  const answers = await Promise.all([ask(1), ask(2)]);
  expect(answers.map((answer) => answer.title)).toEqual(["1", "2"]);
});
