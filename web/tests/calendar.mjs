// SPDX-License-Identifier: Apache-2.0
// Lists as calendars on a real server: records lie on their days, are put on others with the mouse
// and the keyboard, go back when that is refused; and groups, boards and calendars hand on the way
// from one record to the next.
import assert from "node:assert/strict";
import {
  base,
  check_axe,
  exactly,
  finish,
  has_focus,
  has_value,
  launch,
  test as one_test,
  open_page,
  shots,
  until,
} from "./browser.mjs";

const browser = await launch();
const page = await open_page(browser);
const test = (name, run) => one_test(page, name, run);
const shot = async (name) => shots && page.screenshot({ path: `${shots}/calendar_${name}.png` });
const get = async (path) => (await page.request.get(`${base}/api/v1${path}`)).json();
const post = async (path, data) =>
  (await page.request.post(`${base}/api/v1${path}`, { data })).json();
const pad = (number) => String(number).padStart(2, "0");
const now = new Date();
// The middle of a month: its neighbours are on the same page.
const on = (day) => `${now.getFullYear() + 1}-${pad(now.getMonth() + 1)}-${pad(day)}`;
const cell = (day) => page.locator(`[role=gridcell][data-day="${day}"]`);
const item = (day, id) => cell(day).locator(`[data-item="${id}"]`);
const toast = page.getByRole("alert");
// Only what this run makes.
const tag = `Calendar ${Date.now() % 1_000_000}`;
const filter = encodeURIComponent(`name startswith '${tag}'`);
const month = () =>
  `${base}/sales?view=all&presentation=month&group_by=expected_on&day=${on(15)}&filter=${filter}`;
const week = (day) =>
  `${base}/activities?view=all&presentation=week&group_by=starts_at&day=${day}&filter=${filter}`;

const company = (await get("/companies?limit=1&sort=id")).items[0].id;
const make_sale = (name, expected_on) =>
  post("/sales", { name: `${tag}: ${name}`, expected_on, company });
const sale = await make_sale("Harbour offices", on(10));
assert.ok(sale.id, JSON.stringify(sale));
for (let i = 0; i < 12; i++) await make_sale(`Full day ${pad(i)}`, on(12));
await make_sale("No date", null);
const expected = async () => (await get(`/sales/${sale.id}`)).expected_on;

await test("a list becomes a calendar under Display", async () => {
  await page.goto(`${base}/activities?view=all`);
  await page.getByRole("button", { name: "Display" }).click();
  await page.getByText("Calendar", { exact: true }).click();
  await page.waitForURL(/presentation=month/);
  await page.keyboard.press("Escape");
  await page.getByRole("grid", { name: "Calendar" }).waitFor();
  await page.locator("[data-item]").first().waitFor();
  await check_axe(page, "month of activities");
  await page.getByText("Week", { exact: true }).click();
  await page.getByText(/^Week \d+$/).waitFor();
  await shot("week");
  await check_axe(page, "week of activities");
});

await test("a day says how many it has, and shows those there is no room for", async () => {
  await page.goto(month());
  await cell(on(12)).locator("[data-item]").first().waitFor();
  await cell(on(12))
    .getByText(/, 12 records$/)
    .waitFor();
  await cell(on(12)).locator("[data-more]").click();
  const popover = page.getByRole("dialog");
  await exactly(popover.locator("[data-item]"), 12);
  await shot("more");
  await check_axe(page, "full day");
  await popover.getByRole("button", { name: "Show all 12 in the table" }).click();
  await exactly(page.getByRole("grid").locator("[role=row] a"), 12);
  await page.goto(month());
  await page.getByRole("button", { name: "1 without a date" }).click();
  await page.getByRole("link", { name: `${tag}: No date` }).waitFor();
});

await test("a record is dragged to another day, and taken back", async () => {
  await page.goto(month());
  await item(on(10), sale.id).waitFor();
  await shot("month");
  await item(on(10), sale.id).dragTo(cell(on(17)));
  await item(on(17), sale.id).waitFor();
  await toast.getByText(/Harbour offices is now on/).waitFor();
  await shot("dragged");
  await until(async () => (await expected()) === on(17));
  await toast.getByRole("button", { name: "Undo" }).click();
  await item(on(10), sale.id).waitFor();
  await until(async () => (await expected()) === on(10));
});

await test("what somebody else has put elsewhere meanwhile is not moved", async () => {
  await page.goto(month());
  await item(on(10), sale.id).hover();
  await page.mouse.down();
  await cell(on(18)).hover();
  const theirs = { expected_on: on(20) };
  await page.request.patch(`${base}/api/v1/sales/${sale.id}`, { data: theirs });
  await cell(on(18)).hover({ position: { x: 60, y: 60 } });
  await page.mouse.up();
  await toast
    .getByText(/changed/)
    .first()
    .waitFor();
  await item(on(20), sale.id).waitFor();
  await exactly(item(on(18), sale.id), 0);
  assert.equal(await expected(), on(20));
  // Another field that somebody changed is in nobody's way.
  await item(on(20), sale.id).hover();
  await page.mouse.down();
  await cell(on(10)).hover();
  await page.request.patch(`${base}/api/v1/sales/${sale.id}`, { data: { probability: 40 } });
  await cell(on(10)).hover({ position: { x: 60, y: 60 } });
  await page.mouse.up();
  await until(async () => (await expected()) === on(10));
});

await test("the keyboard goes from day to day and moves a record", async () => {
  await page.goto(month());
  await item(on(10), sale.id).waitFor();
  await cell(on(15)).focus();
  for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  // Enter goes into the day.
  await has_focus(item(on(10), sale.id));
  await page.keyboard.press("Alt+ArrowRight");
  await item(on(11), sale.id).waitFor();
  await until(async () => (await expected()) === on(11));
  await has_focus(item(on(11), sale.id));
  await page.keyboard.press("m");
  await page
    .getByRole("dialog")
    .locator("button:not([data-outside])")
    .getByText("8", { exact: true })
    .click();
  await until(async () => (await expected()) === on(8));
  await item(on(8), sale.id).waitFor();
  await cell(on(8)).focus();
  await page.keyboard.press("PageDown");
  await page.waitForFunction(() => !document.querySelector("[data-item]"));
  await page.keyboard.press("c");
  const dialog = page.getByRole("dialog");
  await has_value(dialog.getByLabel(/Expected/), /^8\. /);
  await page.keyboard.press("Escape");
});

await test("a meeting keeps its time and its length on another day", async () => {
  const starts_at = `${on(14)}T08:00:00.000Z`;
  const made = await post("/activities", {
    name: `${tag}: Meeting`,
    kind: "meeting",
    starts_at,
    ends_at: `${on(14)}T09:30:00.000Z`,
  });
  await page.goto(week(on(14)));
  const other = await page.locator("[role=gridcell]").nth(1).getAttribute("data-day");
  const third = await page.locator("[role=gridcell]").nth(2).getAttribute("data-day");
  const target = other === on(14) ? third : other;
  await item(on(14), made.id).dragTo(cell(target));
  await item(target, made.id).waitFor();
  await until(async () => (await get(`/activities/${made.id}`)).starts_at.startsWith(target));
  const moved = await get(`/activities/${made.id}`);
  const ms = new Date(moved.ends_at) - new Date(moved.starts_at);
  assert.equal(ms, 90 * 60_000);
});

await test("a calendar is saved with its view", async () => {
  await page.goto(month());
  await page.getByRole("button", { name: "Save as…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill(`${tag} by day`);
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/view=\d+$/);
  await page.getByRole("grid", { name: "Calendar" }).waitFor();
  const view = await get(`/views/${new URL(page.url()).searchParams.get("view")}`);
  assert.equal(view.definition.presentation, "month");
  assert.equal(view.definition.group_by, "expected_on");
});

await test("from record to record as calendar, board and groups show them", async () => {
  const heading = page.getByRole("heading", { level: 1 });
  await page.goto(month());
  await cell(on(12)).locator("[data-item]").first().click();
  await heading.getByText(`${tag}: Full day 00`).waitFor();
  await page.getByText("2 of 13", { exact: true }).waitFor();
  await page.keyboard.press("j");
  await heading.getByText(`${tag}: Full day 01`).waitFor();
  await page.getByRole("navigation", { name: "Sales" }).getByRole("link").click();
  await page.getByRole("grid", { name: "Calendar" }).waitFor();
  await page.goto(`${base}/sales?view=all&presentation=board&group_by=stage&filter=${filter}`);
  await page.locator("section li a").nth(1).click();
  await page.getByText("2 of 14", { exact: true }).waitFor();
  await page.goto(`${base}/sales?view=all&group_by=stage&filter=${filter}&sort=name`);
  await page.getByRole("button", { name: /Show the group/ }).click();
  await page.getByRole("link", { name: `${tag}: Full day 03` }).click();
  await page.getByText("4 of 14", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Next in the list" }).click();
  await heading.getByText(`${tag}: Full day 04`).waitFor();
});

for (const theme of ["light", "dark"]) {
  await test(`a phone shows the month and the chosen day, ${theme}`, async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(month());
    await page.getByRole("button", { name: /, 12 records$/ }).click();
    await page.getByRole("link", { name: `${tag}: Full day 00` }).waitFor();
    await shot(`phone_${theme}`);
    await check_axe(page, `phone ${theme}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `scrolls sideways: ${wide}`);
    await page.getByRole("button", { name: `Move ${tag}: Full day 00` }).click();
    await page
      .getByRole("dialog")
      .locator("button:not([data-outside])")
      .getByText("12", { exact: true })
      .waitFor();
    // The dialog comes in; what is half there has no contrast.
    await page.waitForTimeout(400);
    await shot(`move_${theme}`);
    await check_axe(page, `move ${theme}`);
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(month());
    await item(on(12), "")
      .or(cell(on(12)).locator("[data-item]"))
      .first()
      .waitFor();
    await check_axe(page, `month ${theme}`);
  });
}

await finish(browser, "calendars");
