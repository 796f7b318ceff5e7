// SPDX-License-Identifier: Apache-2.0
// What people do with dashboards, against the mock server: look, drill, arrange, build, undo, wall.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const port = 8184;
const base = `http://127.0.0.1:${port}`;
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const mock = spawn(process.execPath, [fileURLToPath(new URL("mock_server.mjs", import.meta.url))], {
  env: { ...process.env, PORT: String(port), MOCK_LANGUAGE: "en", MOCK_OPEN: "1" },
  stdio: "inherit",
});
await new Promise((resolve) => setTimeout(resolve, 700));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
const context = await browser.newContext({ locale: "en", viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
page.setDefaultTimeout(8000);
let failures = 0;
page.on("pageerror", (error) => {
  failures += 1;
  console.log(`FAIL page error: ${error.message}`);
});
page.on("console", (message) => {
  if (message.type() !== "error" || /status of 4\d\d/.test(message.text())) return;
  failures += 1;
  console.log(`FAIL console: ${message.text().slice(0, 300)}`);
});
const dashboard = async () => (await page.request.get(`${base}/api/v1/dashboards/1`)).json();
const tile = (name) => page.getByRole("region", { name, exact: true });

async function test(name, run) {
  try {
    await run();
    console.log(`ok   ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAIL ${name}: ${String(error).slice(0, 600)}`);
  }
}

await test("the first page shows the tiles, and only those in sight are asked for", async () => {
  const asked = [];
  page.on("request", (request) => {
    if (/tiles\/\d+\/data/.test(request.url())) asked.push(request.url());
  });
  await page.setViewportSize({ width: 1440, height: 420 });
  await page.goto(`${base}/?still=1`);
  await tile("Pipeline efter fase").locator("svg").first().waitFor();
  await page.waitForTimeout(400);
  assert.ok(asked.length < 9, `${asked.length} tiles were asked for`);
  await page.setViewportSize({ width: 1440, height: 900 });
  await tile("Tragt").locator("svg").first().waitFor();
  await tile("Næste aktiviteter").getByRole("table").waitFor();
  await page.waitForTimeout(600);
  assert.equal(new Set(asked).size, 9);
});

await test("a chart has its numbers as a table, and each leads to its records", async () => {
  const chart = tile("Pipeline efter fase");
  await chart.hover();
  await chart.getByRole("button", { name: /What to do with/ }).click();
  await page.getByRole("menuitem", { name: "Show as table" }).click();
  await chart.getByRole("cell").first().getByRole("link").click();
  await page.waitForURL(/\/sales\?filter=stage/);
});

await test("a big number leads to its records", async () => {
  await page.goto(`${base}/`);
  await tile("Mit salg i tal").getByRole("link").first().click();
  await page.waitForURL(/\/sales/);
});

await test("a click on a bar opens the list behind it", async () => {
  await page.goto(`${base}/?still=1`);
  const chart = tile("Firmaer efter kategori");
  await chart.locator('svg path[fill="#1f8a84"]').first().click();
  await page.waitForURL(/\/companies\?filter=category/);
});

await test("a tile is resized with the keyboard, saved, and the save undone", async () => {
  await page.goto(`${base}/`);
  const before = (await dashboard()).tiles.find((one) => one.id === 7);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const grip = page.getByRole("button", { name: "Move Tragt" });
  await grip.focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved").waitFor();
  assert.equal((await dashboard()).tiles.find((one) => one.id === 7).h, before.h + 1);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.waitForTimeout(300);
  assert.equal((await dashboard()).tiles.find((one) => one.id === 7).h, before.h);
});

await test("a standard tile is added from the library", async () => {
  await page.goto(`${base}/`);
  const count = (await dashboard()).tiles.length;
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Add a tile" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("tab", { name: /Activity/ }).click();
  await dialog.getByRole("button", { name: "Add Næste aktiviteter" }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved").waitFor();
  assert.equal((await dashboard()).tiles.length, count + 1);
});

await test("an own tile is built with a preview and a table beside it", async () => {
  await page.goto(`${base}/`);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Add a tile" }).click();
  await page.getByRole("button", { name: "Build your own" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Title" }).fill("Mine egne tal");
  await dialog.getByRole("combobox", { name: "Shown as" }).click();
  await page.getByRole("option", { name: "Donut" }).click();
  await dialog.getByRole("region", { name: "Preview" }).locator("svg").first().waitFor();
  assert.ok((await dialog.getByRole("row").count()) > 2);
  await dialog.getByRole("button", { name: "Place on the page" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved").waitFor();
  const made = (await dashboard()).tiles.at(-1);
  assert.equal(made.title, "Mine egne tal");
  assert.equal(made.is_own, true);
});

await test("filters of the page live in the address and reach the tiles", async () => {
  await page.goto(`${base}/`);
  const asked = page.waitForRequest(/tiles\/\d+\/data\?scope=mine/);
  await page.getByText("Mine", { exact: true }).click();
  await asked;
  await page.waitForURL(/scope=mine/);
});

await test("a copy is made and becomes the page", async () => {
  await page.goto(`${base}/`);
  await page.getByRole("button", { name: "More about this dashboard" }).click();
  await page.getByRole("menuitem", { name: "Make a copy" }).click();
  await page.waitForURL(/\/dashboards\/\d+/);
  await page.getByRole("heading", { name: "Salg, copy" }).waitFor();
});

await test("the wall screen shows the page and ends with Esc", async () => {
  await page.goto(`${base}/`);
  await page.getByRole("button", { name: "More about this dashboard" }).click();
  await page.getByRole("menuitem", { name: "Show on a wall" }).click();
  const wall = page.getByRole("dialog", { name: "Wall screen" });
  await wall.getByRole("button", { name: "Start" }).click();
  await wall.getByRole("region", { name: "Tragt" }).locator("svg").first().waitFor();
  await page.keyboard.press("Escape");
  await wall.waitFor({ state: "detached" });
});

await browser.close();
mock.kill();
process.exit(failures ? 1 : 0);
