// SPDX-License-Identifier: Apache-2.0
// What people do in lists, in a real browser on a real server with the demo world: everything that
// matches is changed and taken back, views are kept and shared, cells are edited, groups opened.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  base,
  check_axe as check_page,
  finish,
  has_attribute,
  launch,
  test as one_test,
  open_page,
  shots,
  until,
} from "./browser.mjs";

const browser = await launch();
const page = await open_page(browser);
const test = (name, run) => one_test(page, name, run);
const check_axe = (name) => check_page(page, name);
const get = async (path) => (await page.request.get(`${base}/api/v1${path}`)).json();
const post = async (path, data) =>
  (await page.request.post(`${base}/api/v1${path}`, { data })).json();
const count = async (plural, filter) =>
  (await post(`/${plural}/aggregate`, { filter, measures: [{ kind: "count" }] })).total.count;
const q = encodeURIComponent;
const number = (value) => value.toLocaleString("en-GB");
const shot = async (name) => shots && page.screenshot({ path: `${shots}/${name}.png` });

// The first row, once there is one.
const first_link = () => page.locator("[role=row] a").first();
const first_id = async () => Number((await first_link().getAttribute("href")).split("/")[2]);

const grid = page.getByRole("grid");
const tray = page.getByRole("region", { name: "Jobs" });
const bar = page.getByRole("region", { name: "Selected records" });
const cell = (row, column) =>
  page.locator(`[role=row][aria-rowindex="${row + 2}"] [data-column="${column}"]`);

await test("all that match are edited but one, and taken back as a whole", async () => {
  const filter = "country eq 'DK'";
  const all = await count("companies", filter);
  const partners = await count("companies", `${filter} and category eq 'partner'`);
  assert.ok(all > 100, `only ${all} companies`);
  await page.goto(`${base}/companies?filter=${q(filter)}&sort=id`);
  await page.getByRole("checkbox", { name: "Select all" }).check();
  await page.getByRole("button", { name: `Select all ${number(all)} that match` }).click();
  await page.getByRole("row").nth(1).getByRole("checkbox").uncheck();
  await bar.getByText(`${number(all - 1)} selected`).waitFor();
  await shot("all_that_match");
  await check_axe("all that match");
  const left_out = await first_id();
  await bar.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Field" }).click();
  await page.getByRole("option", { name: "Category" }).click();
  await dialog.getByRole("combobox", { name: "New value" }).click();
  await page.getByRole("option", { name: "Partner" }).click();
  await dialog.getByRole("button", { name: "Preview" }).click();
  await dialog.getByText(`${number(all - 1)} records would change`).waitFor();
  await shot("bulk_preview");
  await check_axe("bulk preview");
  const before = await get(`/companies/${left_out}`);
  await dialog.getByRole("button", { name: `Change ${number(all - 1)} records` }).click();
  // The work goes on over a reload, once the server has taken it on.
  await dialog.waitFor({ state: "hidden" });
  await page.reload();
  await tray.getByText(/ changed/).waitFor({ timeout: 60_000 });
  await shot("bulk_done");
  await check_axe("bulk done");
  assert.equal((await get(`/companies/${left_out}`)).category, before.category);
  const now = await count("companies", `${filter} and category eq 'partner'`);
  assert.equal(now, before.category === "partner" ? all : all - 1);
  await tray.getByRole("button", { name: "Undo" }).click();
  await tray.getByText(/taken back/).waitFor({ timeout: 60_000 });
  assert.equal(await count("companies", `${filter} and category eq 'partner'`), partners);
  await tray.getByRole("button", { name: "Dismiss" }).click();
});

await test("a bulk edit that is refused says which records and why", async () => {
  await page.goto(`${base}/persons?sort=id`);
  await page.getByRole("row").nth(1).getByRole("checkbox").check();
  await page.getByRole("row").nth(2).getByRole("checkbox").check();
  await bar.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Field" }).click();
  await page.getByRole("option", { name: "E-mail" }).click();
  await dialog.getByRole("textbox", { name: "New value" }).fill("no address");
  await dialog.getByRole("button", { name: "Preview" }).click();
  await dialog.getByRole("button", { name: "Change 2 records" }).click();
  await tray.getByText("2 refused").waitFor();
  await tray.getByRole("button", { name: "Show the errors" }).click();
  await page.getByRole("dialog").getByText("Not an e-mail address").first().waitFor();
  await shot("bulk_errors");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as CSV" }).click();
  const file = readFileSync(await (await download).path(), "utf8");
  assert.equal(file.trim().split("\r\n").length, 3);
  await page.keyboard.press("Escape");
  await tray.getByRole("button", { name: "Dismiss" }).click();
});

await test("assigning and archiving go through the jobs list, and are undone there", async () => {
  await page.goto(`${base}/sales?sort=id`);
  await page.getByRole("row").nth(1).getByRole("checkbox").check();
  const first = await first_id();
  await bar.getByRole("button", { name: "Archive" }).click();
  await page.getByRole("dialog").getByText("1 records would be archived").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Archive 1 records" }).click();
  await tray.getByText("1 changed").waitFor();
  assert.ok((await get(`/sales/${first}`)).archived_at);
  await page.goto(`${base}/settings/jobs`);
  await page.getByRole("main").getByRole("button", { name: "Undo" }).first().click();
  await tray.getByText("1 taken back").waitFor();
  assert.equal((await get(`/sales/${first}`)).archived_at, null);
  for (const dismiss of await tray.getByRole("button", { name: "Dismiss" }).all())
    await dismiss.click({ timeout: 2000 }).catch(() => {});
});

await test("a view is saved, changed, reset, shared, and its address opens it", async () => {
  await page.goto(`${base}/companies?filter=${q("country eq 'DK'")}&sort=-created_at,name`);
  await page.getByRole("button", { name: "Save as…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Danish, newest");
  await dialog.getByRole("radio", { name: "Everyone" }).check();
  await shot("save_view");
  await check_axe("save view");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/view=\d+$/);
  const address = page.url();
  const tab = page.getByRole("navigation", { name: "Views" }).getByRole("link", {
    name: "Danish, newest",
  });
  await has_attribute(tab, "aria-current", "page");
  await page.getByRole("button", { name: "Remove the condition on Country" }).click();
  await page.getByText("Unsaved changes").waitFor();
  await shot("view_unsaved");
  await page.getByRole("button", { name: "Reset" }).click();
  await page.getByRole("button", { name: "Remove the condition on Country" }).waitFor();
  // Columns are part of the view: one is widened with the keyboard.
  const head = page.getByRole("columnheader").nth(2).getByRole("button");
  await head.focus();
  await page.keyboard.press("Alt+Shift+ArrowRight");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Unsaved changes").waitFor({ state: "hidden" });
  const id = new URL(address).searchParams.get("view");
  const view = await get(`/views/${id}`);
  assert.equal(view.definition.sort, "-created_at,name");
  assert.ok(view.definition.columns[1].width > 0);
  await page.goto(`${base}/companies`);
  await tab.waitFor();
  await page.goto(address);
  await page.getByRole("button", { name: "Remove the condition on Country" }).waitFor();
  await page.getByRole("button", { name: "Views" }).click();
  const chosen = page.waitForResponse((reply) => reply.request().method() !== "GET");
  await page.getByRole("menuitem", { name: "Open the list with it" }).click();
  assert.ok((await chosen).ok());
  await page.goto(`${base}/companies`);
  await page.getByRole("button", { name: "Remove the condition on Country" }).waitFor();
  await has_attribute(tab, "aria-current", "page");
});

await test("a view whose field was retired says so and opens", async () => {
  const field = { name: "x_route", kind: "text", label: { en: "Route" }, indexed: true };
  const privacy = { class: "none", purpose: "", erasure: "keep" };
  await post("/meta/types/company/fields", { ...field, privacy });
  const filter = "x_route empty and country eq 'DK'";
  const definition = { filter, columns: ["name", "x_route"] };
  const view = await post("/views", { record_type: "company", name: "Routes", definition });
  await page.request.patch(`${base}/api/v1/meta/types/company/fields/x_route`, {
    data: { hidden: true },
  });
  await page.goto(`${base}/companies?view=${view.id}`);
  await page.getByText(/hidden from you: x_route/).waitFor();
  await page.getByText("Its filter is wider than it was saved.").waitFor();
  await grid.waitFor();
  await shot("view_retired");
  await check_axe("retired view");
});

await test("cells are edited with the keyboard, and show what became of it", async () => {
  const columns = "name,category,employees,email";
  await page.goto(`${base}/companies?view=all&columns=${columns}&sort=id`);
  const id = await first_id();
  await cell(0, 1).click();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("4711");
  await shot("cell_editor");
  await page.keyboard.press("Enter");
  await cell(0, 2).getByText("4,711").waitFor();
  await cell(0, 2).locator("[data-saved]").waitFor();
  assert.equal((await get(`/companies/${id}`)).employees, 4711);
  // The cursor went down; Tab saves and goes on to the next cell, Esc takes it back.
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("F2");
  await page.locator("[data-editor] input").fill("12");
  await page.keyboard.press("Tab");
  await cell(0, 3).locator("input").waitFor();
  await cell(0, 3).locator("input").fill("no address");
  await page.keyboard.press("Escape");
  await cell(0, 2).getByText("12", { exact: true }).waitFor();
  await until(async () => (await get(`/companies/${id}`)).employees === 12);
  await page.keyboard.press("F2");
  await cell(0, 3).locator("input").fill("no address");
  await page.keyboard.press("Enter");
  await cell(0, 3).getByText("Not an e-mail address").waitFor({ state: "attached" });
  await shot("cell_refused");
  await check_axe("refused cell");
});

await test("a cell that somebody else changed meanwhile asks which value stays", async () => {
  await page.goto(`${base}/companies?view=all&columns=name,employees&sort=id`);
  const id = await first_id();
  await cell(0, 1).click();
  await page.keyboard.press("F2");
  await page.locator("[data-editor] input").fill("77");
  await page.request.patch(`${base}/api/v1/companies/${id}`, { data: { employees: 55 } });
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("55", { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await cell(0, 1).locator("[data-saved]").waitFor();
  assert.equal((await get(`/companies/${id}`)).employees, 77);
});

await test("groups show counts and sums, and open with the keyboard", async () => {
  await page.goto(`${base}/sales?view=all&group_by=stage`);
  const head = page.locator("[role=row]").nth(1);
  await head.getByRole("button", { name: /Show the group/ }).waitFor();
  const closed = Number(await grid.getAttribute("aria-rowcount"));
  await grid.focus();
  await page.keyboard.press("Enter");
  await first_link().waitFor();
  await until(async () => Number(await grid.getAttribute("aria-rowcount")) > closed);
  await shot("groups");
  await check_axe("groups");
});

await test("Space shows the record beside the list, and the arrows go through it", async () => {
  await page.goto(`${base}/persons?view=all&sort=id`);
  await first_link().waitFor();
  await grid.focus();
  await page.keyboard.press("Space");
  const panel = page.getByRole("complementary", { name: "Preview" });
  const title = panel.getByRole("heading", { level: 2 }).first();
  await title.getByText(/\S/).waitFor();
  const first = await title.textContent();
  await page.keyboard.press("j");
  await page.waitForFunction(
    (old) => document.querySelector("aside[aria-label=Preview] h2")?.textContent !== old,
    first,
  );
  await shot("preview");
  await check_axe("preview");
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "hidden" });
});

await test("a card of a board is moved with its menu, and its column adds up", async () => {
  await page.goto(`${base}/sales?view=all&presentation=board&group_by=stage&sum=amount`);
  const any = page.locator("section li a").first();
  const id = Number((await any.getAttribute("href")).split("/")[2]);
  // Columns that come later may stand before it.
  const card = page.locator(`section li:has(a[href="/sales/${id}"])`);
  await shot("board");
  await check_axe("board");
  const before = (await get(`/sales/${id}`)).stage;
  await card.getByRole("button", { name: /^Move / }).press("Enter");
  await page.getByRole("menuitem").first().click();
  await until(async () => (await get(`/sales/${id}`)).stage !== before);
});

await test("a header is dragged, a column resized", async () => {
  await page.goto(`${base}/companies?view=all&columns=name,category,country`);
  const heads = page.getByRole("columnheader");
  await heads.nth(3).dragTo(heads.nth(2));
  await page.waitForURL((url) => url.searchParams.get("columns") === "name,country,category");
  await heads.nth(2).getByRole("button").click();
  await heads
    .nth(3)
    .getByRole("button")
    .click({ modifiers: ["Shift"] });
  await page.waitForURL((url) => url.searchParams.get("sort") === "country,category");
});

await test("a phone shows cards", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${base}/companies?view=all`);
  await first_link().waitFor();
  await shot("phone");
  await check_axe("phone");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `scrolls sideways: ${wide}`);
  await page.setViewportSize({ width: 1440, height: 900 });
});

await finish(browser, "all list tests");
