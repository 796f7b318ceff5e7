// SPDX-License-Identifier: Apache-2.0
// The desk itself on a real server: from record to record in the list, the keys, the tour, and what
// happens while the server is away.
import assert from "node:assert/strict";
import {
  base,
  check_axe,
  finish,
  has_attribute,
  has_value,
  launch,
  test as one_test,
  open_page,
  shots,
} from "./browser.mjs";

const browser = await launch();
const page = await open_page(browser);
const test = (name, run) => one_test(page, name, run);
const shot = async (name) => shots && page.screenshot({ path: `${shots}/desk_${name}.png` });
const get = async (path) => (await page.request.get(`${base}/api/v1${path}`)).json();
const dialog = page.getByRole("dialog");
const heading = page.getByRole("heading", { level: 1 });

await test("the tour is offered once, goes by keyboard, and starts again on demand", async () => {
  await page.goto(`${base}/companies`);
  const offer = page.getByRole("region", { name: "Guided tour" });
  await offer.getByRole("button", { name: "Show me" }).click();
  await dialog.getByRole("heading", { name: "Welcome to Fokus" }).waitFor();
  await check_axe(page, "tour");
  await page.keyboard.press("ArrowRight");
  await dialog.getByRole("heading", { name: "Search is one box" }).waitFor();
  await shot("tour");
  await check_axe(page, "tour step");
  await page.keyboard.press("ArrowLeft");
  await dialog.getByRole("heading", { name: "Welcome to Fokus" }).waitFor();
  // The button that goes on has the focus: Enter is enough.
  const step = dialog.getByRole("heading").first();
  for (let i = 0; i < 7; i++) {
    const before = await step.textContent();
    await page.keyboard.press("Enter");
    await step.filter({ hasText: before }).waitFor({ state: "detached" });
  }
  await dialog.waitFor({ state: "detached" });
  await page.reload();
  await page.getByRole("grid").waitFor();
  assert.equal(await offer.count(), 0);
  await page.getByRole("button", { name: /E\. Browser/ }).click();
  await page.getByRole("menuitem", { name: "Guided tour" }).click();
  await dialog.getByRole("heading", { name: "Welcome to Fokus" }).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

await test("a question mark shows every key", async () => {
  await page.locator("main").focus();
  await page.keyboard.press("?");
  await dialog.getByText("Look at the record beside the list").waitFor();
  await shot("keys");
  await check_axe(page, "keys");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("textbox", { name: "Search in this list" }).focus();
  await page.keyboard.press("?");
  await has_value(page.getByRole("textbox", { name: "Search in this list" }), "?");
  assert.equal(await dialog.count(), 0, "a question mark that is typed is a letter");
});

await test("one goes from record to record as the list had them, and back to it", async () => {
  const filter = encodeURIComponent("country eq 'SE'");
  const rows = (await get(`/companies?filter=${filter}&sort=-name&fields=name&count=exact`)).items;
  await page.goto(`${base}/companies?filter=${filter}&sort=-name`);
  await page.locator("[role=row] a").first().click();
  await heading.getByText(rows[0].name, { exact: true }).waitFor();
  await page.getByText(`1 of ${rows.length}`).waitFor();
  assert.ok(await page.getByRole("button", { name: "Previous in the list" }).isDisabled());
  await page.getByRole("button", { name: "Next in the list" }).click();
  await heading.getByText(rows[1].name, { exact: true }).waitFor();
  await shot("trail");
  await check_axe(page, "record of a list");
  await page.getByRole("tab", { name: "History" }).click();
  await has_attribute(page.getByRole("tab", { name: "History" }), "aria-selected", "true");
  await page.locator("main").focus();
  await page.keyboard.press("j");
  await heading.getByText(rows[2].name, { exact: true }).waitFor();
  assert.match(page.url(), /tab=history/, "the tab stays");
  await page.keyboard.press("k");
  await heading.getByText(rows[1].name, { exact: true }).waitFor();
  await page.getByRole("navigation", { name: "Companies" }).getByRole("link").click();
  await page.waitForURL((url) => url.searchParams.get("sort") === "-name");
  await page.goto(`${base}/companies/${rows[0].id}`);
  await heading.waitFor();
  assert.equal(await page.getByRole("button", { name: "Next in the list" }).count(), 0);
});

await test("what is typed is there again after a reload, and gone when it was saved", async () => {
  await page.goto(`${base}/companies/1`);
  const box = page.getByRole("textbox", { name: "What happened, or what is planned?" });
  await box.fill("Half a note");
  await page.reload();
  await page.getByText("Half a note").waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("link", { name: "Half a note" }).first().waitFor();
  await has_value(box, "");
  await page.locator("main").focus();
  await page.keyboard.press("c");
  await dialog.getByRole("textbox", { name: "Name" }).fill("Half a company");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.keyboard.press("c");
  await dialog.getByText("This is what you had typed.").waitFor();
  await has_value(dialog.getByRole("textbox", { name: "Name" }), "Half a company");
  await shot("draft");
  await check_axe(page, "draft");
  await dialog.getByRole("button", { name: "Start over" }).click();
  await has_value(dialog.getByRole("textbox", { name: "Name" }), "");
  await dialog.getByRole("button", { name: "Cancel" }).click();
});

await test("without a connection the page says so, and sends later what is saved", async () => {
  await page.goto(`${base}/companies/1`);
  const box = page.getByRole("textbox", { name: "What happened, or what is planned?" });
  await box.fill("Written on the train");
  await page.context().setOffline(true);
  await page.getByText("No connection to the server.").waitFor();
  await page.getByText(/Next try in|Connecting/).waitFor();
  await shot("offline");
  await check_axe(page, "offline");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.waitForTimeout(500);
  await has_value(box, "Written on the train");
  await page.context().setOffline(false);
  await page.getByText("The connection is back.").waitFor({ timeout: 40_000 });
  await page.getByRole("link", { name: "Written on the train" }).first().waitFor();
  await has_value(box, "");
  const found = await get("/activities?filter=name eq 'Written on the train'&count=exact");
  assert.equal(found.count.value, 1, "it was sent once");
});

await test("a server that is away refuses nothing that was typed", async () => {
  await page.goto(`${base}/companies/1`);
  const box = page.getByRole("textbox", { name: "What happened, or what is planned?" });
  await page.route("**/api/v1/activities", (route) => route.abort());
  await box.fill("The server was away");
  const refused = page.waitForEvent("requestfailed");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await refused;
  await page.getByRole("alert").last().waitFor();
  await has_value(box, "The server was away");
  await page.unroute("**/api/v1/activities");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByRole("link", { name: "The server was away" }).first().waitFor();
});

await finish(browser, "desk");
