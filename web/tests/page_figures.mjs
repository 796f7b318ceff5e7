// SPDX-License-Identifier: Apache-2.0
// What a first visit of the main screens costs in the browser, as Lighthouse counts it: first and
// largest paint, shifts of what stands already, how long the page could not answer (the part of
// tasks beyond 50 ms), bytes over the wire and calls. Once as on a desk, once with a processor four
// times slower. On demand, for docs/performance.md:
//   tests/e2e/run --program build/release/fokus --parts page_figures
import { base, finish, launch, open_page, test } from "./browser.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SCREENS = [
  ["Sign-in", "/sign-in", "input[type=email]"],
  ["Dashboard", "/", "main section h2"],
  ["List of companies", "/companies", "[role=row] a"],
  ["Record page", "/companies/1", "[role=tabpanel] li"],
  ["Diary", "/diary", "main"],
  ["Duplicates", "/duplicates", "main"],
  ["Selections", "/selections", "main"],
  ["Settings", "/settings/users", "main table, main [role=row], main li"],
];
const browser = await launch();

// Runs before everything else in the page.
function watch() {
  window.figures = { paint: 0, largest: 0, shift: 0, blocked: 0 };
  const see = (type, use) =>
    new PerformanceObserver((list) => list.getEntries().forEach(use)).observe({
      type,
      buffered: true,
    });
  see("paint", (one) => {
    if (one.name === "first-contentful-paint") window.figures.paint = one.startTime;
  });
  see("largest-contentful-paint", (one) => {
    window.figures.largest = one.startTime;
  });
  see("layout-shift", (one) => {
    if (!one.hadRecentInput) window.figures.shift += one.value;
  });
  see("longtask", (one) => {
    window.figures.blocked += Math.max(0, one.duration - 50);
  });
}

async function visit(page, path, stands) {
  const wire = await page.context().newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.clearBrowserCache");
  let bytes = 0;
  let calls = 0;
  wire.on("Network.loadingFinished", (one) => {
    bytes += one.encodedDataLength;
    calls += 1;
  });
  await page.goto("about:blank");
  await page.goto(base + path, { waitUntil: "commit" });
  await page.locator(stands).first().waitFor();
  await page.waitForTimeout(1500);
  const seen = await page.evaluate(() => window.figures);
  await wire.detach();
  return { ...seen, bytes, calls };
}

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function measure(page, [name, path, stands]) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await visit(page, path, stands));
  const of = (key) => median(rounds.map((one) => one[key]));
  const ms = (key) => `${Math.round(of(key))} ms`;
  console.log(
    `| ${name} | ${ms("paint")} | ${ms("largest")} | ${of("shift").toFixed(3)} | ` +
      `${ms("blocked")} | ${Math.round(of("bytes") / 1000)} kB | ${of("calls")} |`,
  );
}

for (const [where, rate] of [
  ["desk", 1],
  ["processor four times slower", 4],
]) {
  const page = await open_page(browser, { language: "en" });
  await page.addInitScript(watch);
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  console.log(`\n| ${where} | first paint | largest paint | shift | blocked | bytes | calls |`);
  console.log("|---|---|---|---|---|---|---|");
  for (const screen of SCREENS) await test(page, screen[0], () => measure(page, screen));
  await page.context().close();
}
await finish(browser, "page figures");
