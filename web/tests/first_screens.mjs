// SPDX-License-Identifier: Apache-2.0
// What a real browser fetches of JavaScript until the first screen stands, packed as the build
// counts it (first_screens.ts): the build's idea of what a screen needs must be the truth.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { base, finish, launch, open_page, test } from "./browser.mjs";

const budget = Number(
  /BUDGET_BYTES = ([\d_]+)/
    .exec(readFileSync(new URL("../first_screens.ts", import.meta.url), "utf8"))[1]
    .replaceAll("_", ""),
);
const browser = await launch();
const page = await open_page(browser, { language: "da" });
// What is fetched while nothing else happens, a second and more later, is not the first screen's.
await page.addInitScript(() => {
  const real = window.setTimeout;
  // When the first screen stood, to the millisecond: a chart is asked for right behind its tile.
  const stands = "[role=row] a, [role=tabpanel] li, main section h2";
  new MutationObserver((_changes, observer) => {
    if (!document.querySelector(stands)) return;
    window.stood_at = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
  window.setTimeout = (run, ms, ...rest) => (ms >= 1000 ? 0 : real(run, ms, ...rest));
});

async function fetched(path, stands) {
  const scripts = new Map();
  const keep = (response) => {
    if (/\.js$/.test(new URL(response.url()).pathname)) scripts.set(response.url(), response);
  };
  await page.goto("about:blank");
  page.on("response", keep);
  await page.goto(base + path, { waitUntil: "commit" });
  await stands();
  page.off("response", keep);
  const before = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry.startTime <= window.stood_at)
      .map((entry) => entry.name),
  );
  const bodies = await Promise.all(
    [...scripts].filter(([url]) => before.includes(url)).map(([, response]) => response.body()),
  );
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
}

// Once before: the language of the user is then known before the first catalogue is fetched.
await page.goto(`${base}/companies`);
await page.locator("[role=row] a").first().waitFor();

for (const [name, path, stands] of [
  ["list", "/companies", () => page.locator("[role=row] a").first().waitFor()],
  ["record", "/companies/1", () => page.getByRole("tabpanel").locator("li").first().waitFor()],
  ["dashboard", "/", () => page.locator("main section h2").first().waitFor()],
]) {
  await test(page, `the first ${name} fetches no more than ${budget / 1000} kB`, async () => {
    const bytes = await fetched(path, stands);
    console.log(`     ${name} ${(bytes / 1000).toFixed(1)} kB`);
    assert.ok(bytes > 100_000, "hardly anything was fetched");
    assert.ok(bytes <= budget, `${bytes} bytes`);
  });
}

await finish(browser, "first screens");
