// SPDX-License-Identifier: Apache-2.0
// Registers in a real browser and on a real server (FOKUS_URL, FOKUS_EMAIL, FOKUS_PASSWORD of an
// administrator): a file is loaded in the settings, and a company is made of an entry with Enter.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { at_least, base, check_axe, exactly, has_value } from "./browser.mjs";
import { open_stage } from "./stage.mjs";

const { page, dialog, test, shot, end } = await open_stage("registers", { width: 1280 });
const file = fileURLToPath(new URL("../../tests/api/registers/brreg.csv", import.meta.url));

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
  await check_axe(page, "settings");
  await shot("settings");
});

await test("Enter fills the form with the entry and its source", async () => {
  await open_form();
  await dialog.getByLabel("Name", { exact: false }).first().pressSequentially("viks brygg");
  await page.getByRole("option", { name: /VIKSUND BRYGGERI AS/ }).waitFor();
  await check_axe(page, "open list");
  await shot("list");
  await page.keyboard.press("Enter");
  await dialog
    .getByText(/From Enhetsregisteret/)
    .first()
    .waitFor();
  await has_value(dialog.getByLabel("Registration no."), "923609016");
  await at_least(dialog.getByText(/From Enhetsregisteret/), 5);
  await shot("filled");
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

await end("registers");
