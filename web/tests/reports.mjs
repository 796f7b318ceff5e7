// SPDX-License-Identifier: Apache-2.0
// A dashboard as PDF and by e-mail, on a real server whose outgoing e-mail is switched off: setting
// it up with the next three times, what became of a letter, changing, unsubscribing, removing, a
// phone.
import assert from "node:assert/strict";
import { base, check_axe, loaded, until } from "./browser.mjs";
import { open_stage } from "./stage.mjs";

const { page, call, get, dialog, test, shot, end } = await open_stage("reports");
for (const one of (await get("/reports")).items) await call("DELETE", `/reports/${one.id}`);
const sales = (await get("/dashboards")).items.find((one) => one.standard === "sales");
const card = page.locator("li").filter({ has: page.getByRole("heading", { level: 2 }) });
const only_report = async () => (await get("/reports")).items[0];

async function open_menu() {
  await page.goto(`${base}/dashboards/${sales.id}?period=this_year`);
  await loaded(page);
  await page.getByRole("button", { name: "More about this dashboard" }).click();
}

await test("the menu of a dashboard makes a document of the page as it stands", async () => {
  await open_menu();
  const entry = page.getByRole("menuitem", { name: "Download as PDF" });
  const url = await entry.getAttribute("href");
  assert.match(url, /\/pdf\?period=this_year$/);
  const answer = await page.request.get(base + url);
  assert.equal(answer.headers()["content-type"], "application/pdf");
  assert.equal((await answer.body()).subarray(0, 5).toString(), "%PDF-");
});

await test("it is sent regularly from a dialog that shows the next three times", async () => {
  await page.getByRole("menuitem", { name: "Send regularly…" }).click();
  await dialog.waitFor();
  const times = dialog.getByRole("status").getByRole("listitem");
  await until(async () => (await times.count()) === 3);
  const before = await times.first().textContent();
  await dialog.locator('input[type="time"]').fill("09:15");
  await until(async () => (await times.first().textContent()) !== before);
  await dialog.getByText("Thursday", { exact: true }).click();
  await dialog.getByLabel("Subject").fill("The week in numbers");
  await check_axe(page, "the dialog");
  await shot("dialog");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  const report = await only_report();
  assert.deepEqual(report.days, [1, 4]);
  assert.equal(report.time, "09:15");
  assert.equal(report.subject, "The week in numbers");
  assert.deepEqual(report.filters, { period: "this_year" });
});

await test("the page lists it and says what became of a letter", async () => {
  await page.goto(`${base}/reports`);
  await card.waitFor();
  await card.getByRole("button", { name: "Send it to me now" }).click();
  await card.getByRole("button", { name: "What was sent" }).click();
  const outcome = card.getByRole("cell").filter({ hasText: "Outgoing e-mail is switched off" });
  await outcome.waitFor();
  await check_axe(page, "the page");
  await shot("page");
});

await test("a letter leads to the one it is about, which can be unsubscribed", async () => {
  const { id } = await only_report();
  await page.goto(`${base}/reports?report=${id}`);
  await page.locator("[data-named]").waitFor();
  await card.getByRole("button", { name: "Unsubscribe" }).click();
  await card.getByText("You do not receive it", { exact: true }).waitFor();
  assert.equal((await only_report()).unsubscribed, true);
  await card.getByRole("button", { name: "Receive it again" }).click();
  await until(async () => !(await only_report()).unsubscribed);
});

await test("it is changed, with the keyboard alone", async () => {
  await card.getByRole("button", { name: "Edit" }).focus();
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  await dialog.getByRole("switch", { name: "Switched on" }).focus();
  await page.keyboard.press("Space");
  await dialog.getByRole("button", { name: "Save" }).focus();
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await card.getByText("Switched off", { exact: true }).waitFor();
  assert.equal((await only_report()).next_at, null);
});

await test("on a phone it fits, and is removed", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${base}/reports`);
  await card.waitFor();
  await check_axe(page, "on a phone");
  await shot("phone");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.equal(wide, false, "it is wider than the screen");
  await card.getByRole("button", { name: "Remove" }).click();
  await dialog.getByRole("button", { name: "Remove" }).click();
  await page.getByText("Nothing is sent regularly").waitFor();
  assert.equal((await get("/reports")).items.length, 0);
  await page.setViewportSize({ width: 1440, height: 900 });
});

await end("reports");
