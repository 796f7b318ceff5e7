// SPDX-License-Identifier: Apache-2.0
// The diary on a real server: views by key, appointments that are drawn, moved, resized and taken
// back with the mouse and the keyboard, series, tasks, the link for other programs, a phone.
import assert from "node:assert/strict";
import { base, check_axe, exactly, has_attribute, has_value, until } from "./browser.mjs";
import { open_stage } from "./stage.mjs";

const { page, call, get, dialog, test, shot, end } = await open_stage("diary");
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
// A week of its own in each run: Monday to Friday, long after anything else.
const first = Date.UTC(new Date().getUTCFullYear() + 2, 0, 5, 12);
const monday = first + (((8 - new Date(first).getUTCDay()) % 7) + 7 * (Date.now() % 40)) * DAY_MS;
const on = (day) => new Date(monday + day * DAY_MS).toISOString().slice(0, 10);
// Noon in Greenwich is in the daytime of every zone of Europe.
const at = (day, hours = 0) => new Date(monday + day * DAY_MS + hours * HOUR_MS).toISOString();
const tag = `Diary ${Date.now() % 1_000_000}`;
const week = (day = 0) => `${base}/diary?view=week&day=${on(day)}`;
const column = (day) => page.locator(`[data-column][data-day="${on(day)}"]`);
const block = (name) => page.locator("[data-column] [data-entry]").filter({ hasText: name });
const toast = page.getByRole("alert");
const undo = (name) =>
  toast
    .filter({ hasText: `${tag}: ${name}` })
    .getByRole("button", { name: "Undo" })
    .last();
const same_time = (left, right) => new Date(left).getTime() === new Date(right).getTime();
const make = (name, values) =>
  call("POST", "/activities", { name: `${tag}: ${name}`, kind: "meeting", ...values });
const starts = async (id) => (await get(`/activities/${id}`)).starts_at;

// Where a minute of a day is on the screen; it is scrolled there first.
async function point(day, minute) {
  await column(day).evaluate((node, share) => {
    const board = node.closest("[role=grid]");
    board.scrollTop = share * node.offsetHeight - board.clientHeight / 2;
  }, minute / 1440);
  const box = await column(day).boundingBox();
  return { x: box.x + box.width / 2, y: box.y + (minute / 1440) * box.height };
}

async function drag(from, to) {
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 2, from.y + 8);
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

async function middle(locator) {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

await test("it is in the navigation, and its views have keys", async () => {
  await page.goto(`${base}/settings/profile`);
  await page.getByRole("link", { name: "Diary" }).click();
  await page.waitForURL(/\/diary/);
  await page.getByRole("grid", { name: "Diary" }).waitFor();
  for (const [key, view] of [
    ["m", "month"],
    ["d", "day"],
    ["w", "week"],
    ["a", "agenda"],
  ]) {
    await page.keyboard.press(key);
    await page.waitForURL(new RegExp(`view=${view}`));
    await page
      .getByRole("radio", { name: new RegExp(`^${view}$`, "i"), checked: true })
      .waitFor({ state: "attached" });
    await page.waitForTimeout(300);
    await shot(view);
    await check_axe(page, view);
  }
  await page.keyboard.press("w");
  await page.keyboard.press("PageDown");
  await page.waitForURL(/day=/);
  await page.keyboard.press("t");
  await page.waitForURL((url) => !url.searchParams.has("day"));
});

await test("an appointment is drawn on the grid", async () => {
  await page.goto(week());
  await column(1).waitFor();
  const begin = await point(1, 605);
  const box = await column(1).boundingBox();
  await drag(begin, { x: begin.x, y: begin.y + (85 / 1440) * box.height });
  await dialog.getByLabel("Title").fill(`${tag}: Drawn`);
  await has_value(dialog.getByLabel("Begins at"), /10[:.]00/);
  await has_value(dialog.getByLabel("Ends at"), /11[:.]30/);
  await shot("new");
  await check_axe(page, "new appointment");
  await dialog.getByRole("button", { name: "Create" }).click();
  await block(`${tag}: Drawn`).waitFor();
});

await test("it is moved to another day and time, and taken back", async () => {
  const made = await make("Moved", { starts_at: at(2), ends_at: at(2, 1.5) });
  await page.goto(week());
  const entry = block(`${tag}: Moved`);
  await entry.waitFor();
  await entry.scrollIntoViewIfNeeded();
  const from = await middle(entry);
  const box = await column(3).boundingBox();
  await drag(from, { x: box.x + box.width / 2, y: from.y + (30 / 1440) * box.height });
  await column(3).locator("[data-entry]").filter({ hasText: "Moved" }).waitFor();
  await until(async () => same_time(await starts(made.id), at(3, 0.5)));
  const moved = await get(`/activities/${made.id}`);
  assert.ok(same_time(moved.ends_at, at(3, 2)), moved.ends_at);
  await undo("Moved").click();
  await column(2).locator("[data-entry]").filter({ hasText: "Moved" }).waitFor();
  await until(async () => same_time(await starts(made.id), at(2)));
});

await test("its end is pulled down, in quarters of an hour", async () => {
  const made = await make("Resized", { starts_at: at(0), ends_at: at(0, 1) });
  await page.goto(week());
  await block(`${tag}: Resized`).scrollIntoViewIfNeeded();
  const edge = column(0).locator(`[data-edge="end"][data-of="${made.id}/"]`);
  const from = await middle(edge);
  const box = await column(0).boundingBox();
  await drag(from, { x: from.x, y: from.y + (47 / 1440) * box.height });
  await until(async () => same_time((await get(`/activities/${made.id}`)).ends_at, at(0, 1.75)));
});

await test("what somebody else has moved meanwhile is shown where they put it", async () => {
  const made = await make("Theirs", { starts_at: at(4), ends_at: at(4, 1) });
  await page.goto(week());
  const entry = block(`${tag}: Theirs`);
  await entry.scrollIntoViewIfNeeded();
  const from = await middle(entry);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y + 20);
  await call("PATCH", `/activities/${made.id}`, { starts_at: at(4, -2), ends_at: at(4, -1) });
  await page.mouse.move(from.x, from.y + 60, { steps: 4 });
  await page.mouse.up();
  await toast
    .getByText(/changed/)
    .first()
    .waitFor();
  assert.ok(same_time(await starts(made.id), at(4, -2)));
});

await test("one of a series is moved, and the others stay", async () => {
  const made = await make("Series", {
    starts_at: at(0, 2),
    ends_at: at(0, 3),
    recurrence: "FREQ=DAILY;COUNT=4",
  });
  await page.goto(week());
  await exactly(block(`${tag}: Series`), 4);
  const entry = column(1).locator("[data-entry]").filter({ hasText: "Series" });
  await entry.scrollIntoViewIfNeeded();
  const from = await middle(entry);
  const box = await column(1).boundingBox();
  await drag(from, { x: from.x, y: from.y + (60 / 1440) * box.height });
  await dialog.getByRole("radio", { name: "Only this one" }).waitFor();
  await shot("scope");
  await check_axe(page, "which ones");
  await dialog.getByRole("button", { name: "Change" }).click();
  const times = async () => {
    const { entries } = await get(`/diary?from=${on(0)}&to=${on(5)}&zone=UTC`);
    return entries
      .filter((one) => one.name === `${tag}: Series`)
      .map((one) => new Date(one.starts_at).toISOString())
      .sort();
  };
  const before = [at(0, 2), at(1, 2), at(2, 2), at(3, 2)];
  await until(
    async () => (await times()).includes(at(1, 3)),
    async () => `times: ${await times()}`,
  );
  assert.deepEqual(await times(), before.with(1, at(1, 3)));
  assert.ok(same_time(await starts(made.id), at(0, 2)));
  await undo("Series").click();
  await until(async () => (await times()).join() === before.join());
});

await test("the keyboard makes, moves and deletes", async () => {
  const made = await make("Keys", { starts_at: at(3, -3), ends_at: at(3, -2) });
  await page.goto(week());
  await column(0).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await has_value(dialog.getByLabel("Begins at"), /09[:.]30/);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await block(`${tag}: Keys`).focus();
  await page.keyboard.press("Alt+ArrowDown");
  await until(async () => same_time(await starts(made.id), at(3, -2.75)));
  await page.waitForTimeout(600);
  await block(`${tag}: Keys`).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("complementary", { name: "Appointment" }).waitFor();
  await shot("panel");
  await check_axe(page, "panel");
  await block(`${tag}: Keys`).focus();
  await page.keyboard.press("Delete");
  await exactly(block(`${tag}: Keys`), 0);
  await toast.getByText(`${tag}: Keys is in the bin`).waitFor();
  await undo("Keys").click();
  await exactly(block(`${tag}: Keys`), 1);
});

await test("a rule is put together in words", async () => {
  await page.goto(week());
  await column(0).waitFor();
  await page.keyboard.press("n");
  await dialog.getByLabel("Title").fill(`${tag}: Rule`);
  await dialog.getByRole("combobox", { name: "Repeats" }).click();
  await page.getByRole("option", { name: "Weekly" }).click();
  await dialog.getByLabel("How often").fill("2");
  await dialog.getByRole("button", { name: "Wednesday" }).click();
  await dialog.getByText("after", { exact: true }).click();
  await dialog.getByText("Every 2 weeks on Monday and Wednesday, 10 times").waitFor();
  await shot("rule");
  await check_axe(page, "rule");
  await dialog.getByRole("button", { name: "Create" }).click();
  await exactly(block(`${tag}: Rule`), 2);
});

await test("a task stands above the hours, is put on another day and ticked off", async () => {
  const made = await make("Task", { kind: "task", due_on: on(2) });
  await page.goto(week());
  const task = (day) => page.locator(`[data-drop="${on(day)}"] [data-entry="${made.id}/"]`);
  await task(2).waitFor();
  await drag(await middle(task(2)), await middle(page.locator(`[data-drop="${on(3)}"]`).last()));
  await task(3).waitFor();
  await until(async () => (await get(`/activities/${made.id}`)).due_on === on(3));
  const tick = page.getByRole("checkbox", { name: `${tag}: Task is done` });
  await tick.click();
  await until(async () => (await get(`/activities/${made.id}`)).status === "done");
});

await test("colleagues stand beside each other", async () => {
  await page.goto(`${base}/diary?view=day&day=${on(0)}`);
  const people = page.getByRole("region", { name: "People" });
  await people.getByLabel("Add a colleague").click();
  const { id: me } = await get("/me");
  const { items } = await get("/users?limit=20&fields=name&sort=name");
  const other = items.find((user) => user.id !== me);
  await people.getByLabel("Add a colleague").fill(other.name);
  await page.getByRole("option", { name: other.name }).first().click();
  await exactly(page.locator("[data-column]"), 2);
  await page.getByRole("columnheader", { name: other.name }).waitFor();
  await shot("lanes");
  await check_axe(page, "lanes");
  await page.reload();
  await exactly(page.locator("[data-column]"), 2);
  await people.getByRole("checkbox", { name: other.name }).click();
  await exactly(page.locator("[data-column]"), 1);
});

await test("a link shows the diary to other programs, until it is switched off", async () => {
  await page.goto(`${base}/settings/profile`);
  await page.getByRole("button", { name: "Make a link" }).click();
  const url = page.getByText(/\/ical\/[\w-]+\.ics$/);
  const path = new URL(await url.textContent()).pathname;
  await shot("feed");
  await check_axe(page, "feed");
  const answer = await page.request.get(base + path);
  assert.match(await answer.text(), /^BEGIN:VCALENDAR/);
  const section = page.locator("section").filter({ hasText: "Diary in other programs" });
  await section.getByRole("button", { name: "Switch off" }).click();
  await dialog.getByRole("button", { name: "Switch off" }).click();
  await section.getByRole("button", { name: "Make a link" }).waitFor();
  assert.notEqual((await page.request.get(base + path)).status(), 200);
});

await test("a phone gets an address, a password of its own, and selections", async () => {
  const name = `${tag} cards`;
  const selection = { name, record_type: "person", kind: "static" };
  const { id } = await call("POST", "/selections", selection);
  const { email } = await get("/me");
  await page.goto(`${base}/settings/profile`);
  const section = page
    .locator("section")
    .filter({ hasText: "Calendar and contacts on your phone" });
  await section.getByRole("button", { name: "Make a password for a phone" }).click();
  const password = await section.getByText(/^fk_[\w-]+$/).textContent();
  await section.getByText("Thunderbird", { exact: true }).click();
  await section.getByText("Thunderbird asks for the password").waitFor();
  await shot("dav");
  await check_axe(page, "dav");
  const secret = Buffer.from(`${email}:${password}`).toString("base64");
  const headers = { Authorization: `Basic ${secret}`, Depth: "0" };
  const answer = await page.request.fetch(`${base}/dav/`, { method: "PROPFIND", headers });
  assert.equal(answer.status(), 207);
  await section.getByPlaceholder("Choose a selection").click();
  await page.getByRole("option", { name }).click();
  const leave = section.getByRole("button", { name: `Leave out: ${name}` });
  await leave.click();
  await leave.waitFor({ state: "detached" });
  await call("DELETE", `/selections/${id}`);
});

for (const theme of ["light", "dark"]) {
  await test(`a phone shows a day and what comes next, ${theme}`, async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(week());
    await column(0).waitFor();
    await exactly(page.locator("[data-column]"), 1);
    await has_attribute(page.locator("[data-column]"), "data-day", on(0));
    await shot(`phone_${theme}`);
    await check_axe(page, `phone ${theme}`);
    await page.getByText("Agenda", { exact: true }).click();
    await page.getByText(`${tag}: Resized`).waitFor();
    await shot(`phone_agenda_${theme}`);
    await check_axe(page, `phone agenda ${theme}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `scrolls sideways: ${wide}`);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(week());
    await block(`${tag}: Resized`).waitFor();
    await check_axe(page, `week ${theme}`);
    await page.goto(`${base}/diary?view=month&day=${on(0)}`);
    await page.locator("[data-entry]").first().waitFor();
    await check_axe(page, `month ${theme}`);
  });
}

await end("the diary");
