// SPDX-License-Identifier: Apache-2.0
// How long the list of a large world takes in the browser: first rows, a sort, a filter, a jump of
// the scroll bar; whether a row is ever blank while one scrolls; and how much memory it holds.
// Needs FOKUS_URL, FOKUS_EMAIL and FOKUS_PASSWORD of a server with `fokus seed bench`.
import { chromium } from "playwright-core";

const base = process.env.FOKUS_URL;
const plural = process.argv[2] ?? "persons";
const FLAGS = [
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync",
  "--disable-background-networking --disable-component-update --enable-precise-memory-info",
  "--js-flags=--expose-gc",
].flatMap((line) => line.split(" "));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
const context = await browser.newContext({ locale: "en", viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
page.setDefaultTimeout(60_000);
await page.goto(`${base}/sign-in`);
await page.fill("input[type=email]", process.env.FOKUS_EMAIL);
await page.fill("input[autocomplete=current-password]", process.env.FOKUS_PASSWORD);
await page.click("button[type=submit]");
await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));

const report = (what, value) => console.log(`${what.padEnd(44)} ${value}`);
const heap = () =>
  page.evaluate(() => {
    globalThis.gc?.();
    return Math.round(performance.memory.usedJSHeapSize / 1e6);
  });

// Runs in the page: resolves when the rows in sight are there and differ from `before`.
const settle = (before) =>
  page.waitForFunction(
    (old) => {
      const grid = document.querySelector("[data-grid]");
      if (!grid || document.querySelector("[data-busy]")) return false;
      if (grid.querySelector("[data-skeleton]")) return false;
      const first = grid.querySelector("[role=row] a");
      return !!first && first.textContent !== old;
    },
    before,
    { polling: "raf" },
  );
const first_name = () => page.locator("[role=row] a").first().textContent();

async function timed(what, act, before) {
  const start = performance.now();
  await act();
  await settle(before);
  report(what, `${Math.round(performance.now() - start)} ms`);
}

for (const round of ["first", "again"])
  await timed(`first rows of ${plural}, ${round}`, () =>
    page.goto(`${base}/${plural}?view=all`, { waitUntil: "commit" }),
  );
report("memory at the start", `${await heap()} MB`);
let name = await first_name();
await timed(
  "sort by the first column, turned",
  () => page.getByRole("columnheader").nth(1).getByRole("button").first().click(),
  name,
);
name = await first_name();
await timed(
  "search of a word in the list",
  () => page.getByRole("textbox", { name: "Search in this list" }).fill("hans"),
  name,
);
name = await first_name();
await timed("word taken away", () => page.getByRole("button", { name: "Clear" }).click(), name);

const scroll_to = (share) =>
  page.evaluate((part) => {
    const grid = document.querySelector("[data-grid]");
    grid.scrollTop = part * (grid.scrollHeight - grid.clientHeight);
  }, share);
// Far enough that the exact number is asked for and the bar reaches to the end.
await scroll_to(0.5);
await page.waitForTimeout(4000);
report("rows that the bar reaches", await page.getByRole("grid").getAttribute("aria-rowcount"));
for (const share of [0.2, 0.6, 0.95]) {
  name = await first_name();
  await timed(`jump of the scroll bar to ${share * 100} %`, () => scroll_to(share), name);
}

// Three seconds of wheel, frame by frame: is the middle of the grid ever without a row?
await page.getByRole("grid").hover();
await page.evaluate(() => {
  globalThis.seen = { frames: 0, blank: 0, skeleton: 0 };
  const look = () => {
    const box = document.querySelector("[data-grid]").getBoundingClientRect();
    for (const share of [0.2, 0.5, 0.9]) {
      const at = document.elementFromPoint(box.x + 200, box.y + box.height * share);
      const row = at?.closest("[role=row]");
      globalThis.seen.frames += 1;
      if (!row) globalThis.seen.blank += 1;
      else if (row.matches("[data-skeleton]")) globalThis.seen.skeleton += 1;
    }
    globalThis.looking = requestAnimationFrame(look);
  };
  look();
});
for (let step = 0; step < 120; step += 1) {
  await page.mouse.wheel(0, 900);
  await page.waitForTimeout(25);
}
const seen = await page.evaluate(() => {
  cancelAnimationFrame(globalThis.looking);
  return globalThis.seen;
});
report("looks while scrolling", `${seen.frames}: ${seen.blank} blank, ${seen.skeleton} grey lines`);
for (let step = 0; step < 60; step += 1) {
  await scroll_to(Math.random());
  await page.waitForTimeout(150);
}
report("memory after 60 jumps", `${await heap()} MB`);
await browser.close();
