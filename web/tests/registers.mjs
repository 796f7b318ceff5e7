// SPDX-License-Identifier: Apache-2.0
// Registers in a real browser and on a real server (FOKUS_URL, FOKUS_EMAIL, FOKUS_PASSWORD of an
// administrator): a file is loaded in the settings, and a company is made of an entry with Enter.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  at_least,
  base,
  check_axe as check_page,
  shots as chosen,
  exactly,
  finish,
  has_value,
  launch,
  test as one_test,
  open_page,
} from "./browser.mjs";

if (!base) throw new Error("FOKUS_URL names the server");
const shots = chosen ?? fileURLToPath(new URL("../../build/screens", import.meta.url));
const file = fileURLToPath(new URL("../../tests/api/registers/brreg.csv", import.meta.url));
mkdirSync(shots, { recursive: true });
const browser = await launch();
const page = await open_page(browser, { width: 1280 });
const test = (name, run) => one_test(page, name, run);
const check_axe = (place) => check_page(page, place);
const dialog = page.getByRole("dialog");

async function open_form() {
  await page.goto(`${base}/companies`);
  await page.locator("[role=row] a").first().waitFor();
  await page.keyboard.press("c");
  await dialog.waitFor();
}

await test("a file is loaded in the settings", async () => {
  await page.goto(`${base}/settings/registers`);
  const card = page.getByRole("region", { name: "Enhetsregisteret" });
  await card.getByText("Not loaded").waitFor();
  await card.locator("input[type=file]").setInputFiles(file);
  await card.getByText(/2 entries of/).waitFor();
  await card.getByText("1 rows left out without a number (row 4)").waitFor();
  await check_axe("settings");
  await page.screenshot({ path: `${shots}/registers_settings.png` });
});

await test("Enter fills the form with the entry and its source", async () => {
  await open_form();
  await dialog.getByLabel("Name", { exact: false }).first().pressSequentially("viks brygg");
  await page.getByRole("option", { name: /VIKSUND BRYGGERI AS/ }).waitFor();
  await check_axe("open list");
  await page.screenshot({ path: `${shots}/registers_list.png` });
  await page.keyboard.press("Enter");
  await dialog
    .getByText(/From Enhetsregisteret/)
    .first()
    .waitFor();
  await has_value(dialog.getByLabel("Registration no."), "923609016");
  await at_least(dialog.getByText(/From Enhetsregisteret/), 5);
  await page.screenshot({ path: `${shots}/registers_filled.png` });
});

await test("what is changed by hand loses the mark, the rest keeps its source", async () => {
  const marked = await dialog.getByText(/From Enhetsregisteret/).count();
  await dialog.getByLabel("E-mail").fill("office@viksund.example");
  await exactly(dialog.getByText(/From Enhetsregisteret/), marked - 1);
  await dialog.getByRole("button", { name: "Create" }).click();
  await page.waitForURL(/\/companies\/\d+/);
  const id = page.url().match(/companies\/(\d+)/)[1];
  const answer = await page.request.get(`${base}/api/v1/companies/${id}/history`);
  const { items } = await answer.json();
  assert.equal(items.length, 2);
  assert.equal(items[1].source.kind, "register");
  assert.deepEqual(
    items[0].changes.map((change) => change.field).filter((field) => field === "email"),
    ["email"],
  );
  assert.equal(items[0].source, null);
});

await test("the entry now leads to the company that is there", async () => {
  await open_form();
  await dialog.getByLabel("Registration no.").pressSequentially("923609016");
  await page.getByText("You have it").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor();
  await dialog.getByLabel("Registration no.").press("ArrowDown");
  await page.getByRole("option", { name: /You have it/ }).click();
  await page.waitForURL(/\/companies\/\d+/);
});

await finish(browser, "registers");
