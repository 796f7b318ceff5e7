// SPDX-License-Identifier: Apache-2.0
// What the browser tests share: Debian's Chromium, signing in, axe, and counting what failed.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const axe_source = readFileSync(
  new URL("../node_modules/axe-core/axe.min.js", import.meta.url),
  "utf8",
);
const FLAGS = [
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync",
  "--disable-background-networking --disable-component-update",
].flatMap((line) => line.split(" "));

// So much slower than it is the processor of the page is made: SLOW=5 finds what does not wait.
const slow = Number(process.env.SLOW ?? 1);
// On a slow machine all is late; a test that fails is late anyway.
const PATIENCE_MS = 30_000;
// Only the tests whose name has this in it: node tests/lists.mjs board
const only = process.argv[2];

export const base = process.env.FOKUS_URL;
export const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

let failures = 0;
export function fail(text) {
  failures += 1;
  console.log(`FAIL ${text}`);
}

// The last line of a script: closes the browser and says how it went.
export async function finish(browser, what) {
  await browser.close();
  console.log(failures ? `${failures} failures` : `${what} pass`);
  process.exit(failures ? 1 : 0);
}

// A page of its own browser session, signed in, in a language. Errors of the page and calls to
// other hosts are failures.
export async function open_page(browser, { language = "en", theme = "light", width = 1440 } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width === 390 ? 844 : 900 },
    colorScheme: theme,
    locale: language,
    // The server takes a change only from its own pages; what the test itself sends says so too.
    extraHTTPHeaders: { origin: base },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await slow_down(page);
  page.on("pageerror", (error) => fail(`${language} ${theme} ${width}: ${error.message}`));
  page.on("request", (request) => {
    if (
      !/^(data|blob|chrome|chrome-extension):/.test(request.url()) &&
      !request.url().startsWith(base)
    )
      fail(`request to ${request.url()}`);
  });
  await page.goto(`${base}/sign-in`);
  await page.fill("input[type=email]", process.env.FOKUS_EMAIL);
  await page.fill("input[autocomplete=current-password]", process.env.FOKUS_PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.request.patch(`${base}/api/v1/me`, { data: { language, theme: "system" } });
  return page;
}

export async function slow_down(page) {
  if (slow === 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slow });
}

// One promise of a script; a failure leaves a picture and lets the others go on.
export async function test(page, name, run) {
  if (only && !name.includes(only)) return;
  try {
    await run();
    console.log(`ok   ${name}`);
  } catch (error) {
    fail(`${name}: ${String(error).slice(0, 700)}`);
    const file = name.replaceAll(/\W+/g, "_").slice(0, 40);
    // Without a picture the others go on as well.
    const path = `${shots}/failed_${file}.png`;
    if (shots) await page.screenshot({ path }).catch(() => undefined);
    await page.keyboard.press("Escape");
  }
}

// What the screen shows is on its way to the server, and the other way round; how soon it is there,
// the machine decides. So nothing is asserted at once that an action has yet to bring about.
export async function until(found, what = "it did not come to be") {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    if (await found()) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(typeof what === "string" ? what : await what());
}

// Waits until there are so many, and fails with the number there are.
export const exactly = (locator, count) =>
  until(
    async () => (await locator.count()) === count,
    async () => `${count} wanted, there are ${await locator.count()}`,
  );

export const at_least = (locator, count) =>
  until(
    async () => (await locator.count()) >= count,
    async () => `at least ${count} wanted, there are ${await locator.count()}`,
  );

const fits = (wanted, text) => (wanted instanceof RegExp ? wanted.test(text) : wanted === text);

export const has_value = (locator, wanted) =>
  until(
    async () => fits(wanted, await locator.inputValue()),
    async () => `${wanted} wanted, it is ${await locator.inputValue()}`,
  );

export const has_text = (locator, wanted) =>
  until(
    async () => fits(wanted, await locator.textContent()),
    async () => `${wanted} wanted, it is ${await locator.textContent()}`,
  );

export const has_attribute = (locator, name, wanted) =>
  until(
    async () => fits(wanted, (await locator.getAttribute(name)) ?? ""),
    async () => `${name}: ${wanted} wanted, it is ${await locator.getAttribute(name)}`,
  );

export const is_checked = (locator) => until(() => locator.isChecked(), "it is not checked");

// The element that has the keyboard.
export const has_focus = (locator) =>
  until(
    async () =>
      (await locator.count()) > 0 && (await locator.evaluate((it) => it.matches(":focus"))),
    "it has not the focus",
  );

// Waits until the page stands, and nothing in sight is only a place for what is to come.
export const loaded = (page) =>
  page.waitForFunction(() => {
    const in_sight = (it) => {
      const { top, bottom, width } = it.getBoundingClientRect();
      return width > 0 && bottom > 0 && top < window.innerHeight;
    };
    const coming = document.querySelectorAll(".mantine-Skeleton-root, [data-skeleton]");
    return document.querySelector("h1, h2, form") && ![...coming].some(in_sight);
  });

// What is still fading in has not its colours yet, nor its place.
export const nothing_moves = (page) =>
  page.evaluate(async () => {
    const moving = document
      .getAnimations()
      .filter((one) => one.effect?.getTiming().iterations !== Number.POSITIVE_INFINITY)
      .map((one) => one.finished.catch(() => undefined));
    await Promise.race([Promise.all(moving), new Promise((end) => setTimeout(end, 3000))]);
  });

export async function check_axe(page, name) {
  await page.evaluate(axe_source);
  await nothing_moves(page);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const answer = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return answer.violations
      .filter((entry) => ["serious", "critical"].includes(entry.impact))
      .map((entry) => `${entry.id}: ${entry.nodes[0].html.slice(0, 160)}`);
  });
  assert.deepEqual(found, [], `axe: ${name}`);
}
