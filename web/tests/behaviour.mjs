// SPDX-License-Identifier: Apache-2.0
// What people do with the screens, against the mock server: edit, collide, bulk edit, undo, import.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const port = 8182;
const base = `http://127.0.0.1:${port}`;
const FLAGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(
    " ",
  );
const env = { ...process.env, PORT: String(port), MOCK_LANGUAGE: "en" };
const mock = spawn(process.execPath, [fileURLToPath(new URL("mock_server.mjs", import.meta.url))], {
  env,
  stdio: "inherit",
});
await new Promise((resolve) => setTimeout(resolve, 700));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
const page = await (
  await browser.newContext({ locale: "en", viewport: { width: 1440, height: 900 } })
).newPage();
page.setDefaultTimeout(8000);
const record = async (path) => (await page.request.get(`${base}/api/v1/${path}`)).json();
let failures = 0;

async function test(name, run) {
  try {
    await run();
    console.log(`ok   ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAIL ${name}: ${String(error).slice(0, 600)}`);
  }
}

await test("without a session every page leads to sign-in and back", async () => {
  await page.goto(`${base}/companies/2`);
  await page.waitForURL(/sign-in/);
  await page.fill("input[type=email]", "kirsten@nordlys.example");
  await page.fill("input[autocomplete=current-password]", "wrong");
  await page.click("button[type=submit]");
  await page.getByRole("alert").getByText("E-mail or password is wrong").waitFor();
  await page.fill("input[autocomplete=current-password]", "a long sentence");
  await page.click("button[type=submit]");
  await page.waitForURL(/companies\/2$/);
});

await test("a second step is asked for when the account has one", async () => {
  await page.request.delete(`${base}/api/v1/session`);
  await page.goto(`${base}/sign-in`);
  await page.fill("input[type=email]", "totp@nordlys.example");
  await page.fill("input[autocomplete=current-password]", "a long sentence");
  await page.click("button[type=submit]");
  await page.fill("input[autocomplete=one-time-code]", "123456");
  await page.click("button[type=submit]");
  await page.waitForURL(`${base}/`);
});

await test("a field is edited in place with Enter, and Esc takes it back", async () => {
  await page.goto(`${base}/companies/2`);
  await page.getByRole("button", { name: "Edit Name" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Changed A/S");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Changed A/S" }).waitFor();
  await page.getByRole("button", { name: "Edit Name" }).click();
  await page.getByRole("textbox", { name: "Name" }).fill("Never A/S");
  await page.keyboard.press("Escape");
  assert.equal((await record("companies/2")).name, "Changed A/S");
});

await test("an error of the server stands at its field", async () => {
  await page.getByRole("button", { name: "Edit E-mail" }).press("Enter");
  await page.getByRole("textbox", { name: "E-mail" }).fill("no address");
  await page.keyboard.press("Enter");
  await page.getByText("Not an e-mail address").waitFor();
  await page.keyboard.press("Escape");
});

await test("a lost update shows both values and keeps mine on request", async () => {
  await page.getByRole("button", { name: "Edit Registration no." }).click();
  await page.getByRole("textbox", { name: "Registration no." }).fill("11111111");
  await page.request.patch(`${base}/api/v1/companies/2`, { data: { org_number: "22222222" } });
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("22222222").waitFor();
  await dialog.getByRole("button", { name: "Keep mine" }).click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal((await record("companies/2")).org_number, "11111111");
});

await test("a change by someone else arrives without a reload", async () => {
  await page.goto(`${base}/companies/3`);
  await page.getByRole("button", { name: "Edit Name" }).waitFor();
  await page.waitForTimeout(300);
  await page.request.patch(`${base}/api/v1/companies/3`, { data: { name: "Live A/S" } });
  await page.getByRole("heading", { name: "Live A/S" }).waitFor();
});

await test("a note is written on the timeline", async () => {
  await page
    .getByRole("textbox", { name: "What happened, or what is planned?" })
    .fill("Called back\nAll is well");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("link", { name: "Called back" }).waitFor();
});

await test("the keyboard walks the list, opens and selects", async () => {
  await page.goto(`${base}/companies?sort=id`);
  await page.getByRole("grid").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+Space");
  await page.getByText("1 selected").waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/companies\/2$/);
});

await test("many rows load as one scrolls to the end", async () => {
  await page.goto(`${base}/persons`);
  await page.getByRole("grid").focus();
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press("End");
    await page.waitForTimeout(250);
  }
  const count = await page.getByRole("grid").getAttribute("aria-rowcount");
  assert.ok(Number(count) > 400, `only ${count} rows`);
});

await test("a filter is built with chips and lives in the address", async () => {
  await page.goto(`${base}/companies`);
  await page.getByRole("button", { name: "Filter" }).click();
  await page.getByRole("combobox", { name: "Field" }).click();
  await page.getByRole("option", { name: "Category" }).click();
  await page.getByRole("checkbox", { name: "Partner" }).check();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForURL(/filter=/);
  assert.equal(new URL(page.url()).searchParams.get("filter"), "category in ('partner')");
  await page.getByRole("button", { name: /Category is one of Partner/ }).waitFor();
});

await test("a bulk edit is previewed, run and undone", async () => {
  const before = await record("companies/4");
  await page.goto(`${base}/companies?filter=${encodeURIComponent("id in (4, 5)")}`);
  await page.getByRole("checkbox", { name: "Select all" }).check();
  await page
    .getByRole("region", { name: "Selected records" })
    .getByRole("button", { name: "Edit" })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Field" }).click();
  await page.getByRole("option", { name: "Category" }).click();
  await dialog.getByRole("combobox", { name: "New value" }).click();
  await page.getByRole("option", { name: "Supplier" }).click();
  await dialog.getByRole("button", { name: "Preview" }).click();
  await dialog.getByRole("button", { name: /Change 2 records/ }).click();
  const tray = page.getByRole("region", { name: "Jobs" });
  await tray.getByText("2 changed").waitFor();
  assert.equal((await record("companies/4")).category, "supplier");
  await tray.getByRole("button", { name: "Undo" }).click();
  await tray.getByText("2 taken back").waitFor();
  assert.equal((await record("companies/4")).category, before.category);
});

await test("c creates a record and the palette finds it", async () => {
  await page.goto(`${base}/companies`);
  await page.getByRole("grid").waitFor();
  await page.keyboard.press("c");
  await page.getByRole("dialog").getByRole("textbox", { name: "Name" }).fill("Æblegård Zoo ApS");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Æblegård Zoo ApS" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or type a command" }).waitFor();
  await page.keyboard.type("æblegård");
  await page.getByRole("option", { name: /Æblegård Zoo/ }).waitFor();
  await page.keyboard.press("Escape");
});

await test("archived records come back from the bin", async () => {
  await page.getByRole("button", { name: "More actions" }).first().click();
  await page.getByRole("menuitem", { name: "Archive" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Archive" }).click();
  await page.waitForURL(/companies$/);
  await page.goto(`${base}/bin`);
  await page.getByRole("button", { name: "Restore" }).click();
  await page.getByText("The bin is empty").waitFor();
});

await browser.close();
mock.kill();
process.exit(failures ? 1 : 0);
