// SPDX-License-Identifier: Apache-2.0
// The bell on a real server: a reminder that arrives while one works, the count, opening, marking
// as read by mouse and keyboard, watching a record that another user changes, what one is told of,
// a phone.
import assert from "node:assert/strict";
import { base, check_axe, exactly, has_attribute, has_focus, loaded, until } from "./browser.mjs";
import { open_stage, send } from "./stage.mjs";

const { browser, page, call, get, test, shot, end } = await open_stage("notifications");
// So that it can run again on the same data.
const run = Date.now() % 1_000_000;
const bell = page.getByRole("button", { name: /^Notifications/ });
const panel = page.getByRole("dialog", { name: /^Notifications/ });
const rows = panel.locator("li");
const toast = page.getByRole("alert");
const me = await get("/me");
const colleague = await make_colleague();

// Signed in for itself: what it does is another's act.
async function make_colleague() {
  const [group] = (await get("/groups?fields=name&sort=name&limit=1")).items;
  const email = `klokke.${run}@example.org`;
  const user = await call("POST", "/users", {
    name: "Kim Klokke",
    email,
    primary_group: group.id,
  });
  const roles = me.roles.map((role) => role.id);
  await call("PUT", `/users/${user.id}/roles`, { roles });
  const { path } = await call("POST", `/users/${user.id}/password-link`);
  const context = await browser.newContext({ extraHTTPHeaders: { origin: base } });
  const password = "seven bells over Ribe";
  await send(context.request, "POST", "/password-link/redemption", {
    token: path.split("#")[1],
    password,
  });
  await send(context.request, "POST", "/sign-in", { email, password });
  return { id: user.id, call: (...what) => send(context.request, ...what) };
}

async function read_all() {
  await call("POST", "/me/notifications/read", { until: "2999-01-01T00:00:00Z" });
  await exactly(page.locator("[data-unread-count]"), 0);
}

const counts = (count) =>
  has_attribute(page.locator("[data-unread-count]").first(), "data-unread-count", String(count));

await test("a reminder pops up while one works, and is at the bell", async () => {
  // What pops up is what comes after the program has settled.
  const settled = page.waitForResponse((reply) => reply.url().includes("limit=10&unread=true"));
  await page.goto(`${base}/companies`);
  await loaded(page);
  await settled;
  await read_all();
  await call("POST", "/activities", {
    name: `Klokken ${run}`,
    kind: "meeting",
    starts_at: new Date(Date.now() + 4 * 60_000).toISOString(),
    reminder_minutes: 5,
  });
  const popped = toast.filter({ hasText: `Klokken ${run} begins` });
  await popped.waitFor();
  await counts(1);
  await shot("reminder");
  await popped.getByRole("button", { name: "Open", exact: true }).click();
  await page.waitForURL(/\/activities\/\d+$/);
  await exactly(page.locator("[data-unread-count]"), 0);
});

await test("the bell counts, and its panel goes with the keyboard", async () => {
  for (const name of ["Et", "To"])
    await call("POST", "/activities", {
      name: `${name} ${run}`,
      kind: "meeting",
      starts_at: new Date(Date.now() + 9 * 60_000).toISOString(),
      reminder_minutes: 10,
    });
  await counts(2);
  await has_attribute(bell, "aria-label", "Notifications, 2 unread");
  await bell.focus();
  await page.keyboard.press("Enter");
  await panel.getByRole("heading", { name: "Today" }).waitFor();
  await exactly(panel.locator("li[data-unread]"), 2);
  await check_axe(page, "the panel");
  await shot("panel");
  await rows.first().locator("[data-row]").focus();
  await page.keyboard.press("ArrowDown");
  await has_focus(rows.nth(1).locator("[data-row]"));
  await page.keyboard.press("Escape");
  await panel.waitFor({ state: "detached" });
  await has_focus(bell);
});

await test("one is marked as read, and as unread again", async () => {
  await bell.click();
  await rows.first().getByRole("button", { name: "Mark as read" }).click();
  await exactly(panel.locator("li[data-unread]"), 1);
  await counts(1);
  await rows.first().getByRole("button", { name: "Mark as unread" }).click();
  await exactly(panel.locator("li[data-unread]"), 2);
});

await test("all are marked as read, and only unread ones can be shown", async () => {
  await panel.getByRole("button", { name: "Mark all as read" }).click();
  await exactly(page.locator("[data-unread-count]"), 0);
  await panel.getByRole("switch", { name: "Only unread" }).click();
  await panel.getByText("You have read everything").waitFor();
  await check_axe(page, "the empty panel");
  await page.keyboard.press("Escape");
});

await test("a click opens the record", async () => {
  await bell.click();
  await rows
    .filter({ hasText: `To ${run}` })
    .first()
    .locator("[data-row]")
    .click();
  await page.waitForURL(/\/activities\/\d+$/);
  await panel.waitFor({ state: "detached" });
});

await test("who watches a record is told what another changes", async () => {
  const made = await call("POST", "/companies?duplicates=allow", { name: `Vagt ${run} ApS` });
  await page.goto(`${base}/companies/${made.id}`);
  const watch = page.getByRole("button", { name: "Watch", exact: true });
  await has_attribute(watch, "aria-pressed", "false");
  await watch.click();
  await has_attribute(watch, "aria-pressed", "true");
  // One's own change is not told.
  await call("PATCH", `/companies/${made.id}`, { website: "https://vagt.example" });
  await colleague.call("PATCH", `/companies/${made.id}`, { name: `Vagt ${run} A/S` });
  await counts(1);
  await bell.click();
  await rows.first().getByText(`Kim Klokke changed Vagt ${run} A/S: Name`).waitFor();
  await shot("watch");
  await page.keyboard.press("Escape");
  await page.goto(`${base}/notifications`);
  await page.getByText("Watched records", { exact: true }).click();
  await page.getByRole("link", { name: `Vagt ${run} A/S` }).waitFor();
  await check_axe(page, "the watched records");
  await shot("watches");
  await page.getByRole("button", { name: `Stop watching Vagt ${run} A/S` }).click();
  await exactly(page.getByRole("link", { name: `Vagt ${run} A/S` }), 0);
  await page.goto(`${base}/companies/${made.id}`);
  await has_attribute(watch, "aria-pressed", "false");
  await read_all();
  await colleague.call("PATCH", `/companies/${made.id}`, { name: `Vagt ${run} I/S` });
  // Something that is told comes after it.
  await colleague.call("POST", "/companies?duplicates=allow", {
    name: `Gave ${run} ApS`,
    owner: me.id,
  });
  await counts(1);
  await bell.click();
  await rows.first().getByText(`Kim Klokke made you responsible for Gave ${run} ApS`).waitFor();
  await page.keyboard.press("Escape");
});

await test("an invitation is answered, and the owner hears of it", async () => {
  await read_all();
  const made = await call("POST", "/activities", {
    name: `Sammen ${run}`,
    kind: "meeting",
    starts_at: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  });
  await call("PUT", `/activities/${made.id}/participants`, { users: [colleague.id] });
  const { items } = await colleague.call("GET", "/me/notifications");
  assert.equal(items[0].kind, "invited");
  await colleague.call("POST", `/activities/${made.id}/answer`, { answer: "accepted" });
  await counts(1);
  await bell.click();
  await rows.first().getByText(`Kim Klokke comes to Sammen ${run}`).waitFor();
  await page.keyboard.press("Escape");
});

await test("the dialog of an appointment has a reminder", async () => {
  // Far ahead, so that it does not pop up in the middle of another test.
  const day = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`${base}/diary?view=week&day=${day}`);
  await page.getByRole("grid", { name: "Diary" }).waitFor();
  await page.keyboard.press("n");
  const dialog = page.getByRole("dialog", { name: "New appointment" });
  await dialog.getByLabel("Title").fill(`Husk ${run}`);
  await dialog.getByRole("combobox", { name: "Reminder" }).click();
  await page.getByRole("option", { name: "15 minutes before" }).click();
  await check_axe(page, "a reminder");
  await dialog.getByRole("button", { name: "Create" }).click();
  await dialog.waitFor({ state: "detached" });
  await until(async () => {
    const { items } = await get(`/activities?filter=name eq 'Husk ${run}'&fields=reminder_minutes`);
    return items[0]?.reminder_minutes === 15;
  });
});

await test("one chooses what one is told of", async () => {
  await page.goto(`${base}/settings/profile`);
  const choice = page.getByRole("switch", { name: "Records that become mine" });
  await until(() => choice.isChecked());
  await choice.click();
  await until(async () => {
    const { items } = await get("/me/notification_choices");
    return items.find((one) => one.kind === "assigned").in_app === false;
  });
  await check_axe(page, "choices");
  await shot("choices");
  await choice.click();
  await until(async () => {
    const { items } = await get("/me/notification_choices");
    return items.find((one) => one.kind === "assigned").in_app;
  });
});

await test("on a phone they have a page", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${base}/`);
  await page.getByRole("button", { name: "Menu", exact: true }).click();
  await page.getByRole("link", { name: "Notifications" }).click();
  await page.waitForURL(/\/notifications$/);
  await page.getByRole("heading", { name: "Today" }).waitFor();
  await check_axe(page, "on a phone");
  await shot("phone");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(wide, false, "it is wider than the screen");
  await page.setViewportSize({ width: 1440, height: 900 });
});

await end("notifications");
