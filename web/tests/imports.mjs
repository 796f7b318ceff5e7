// SPDX-License-Identifier: Apache-2.0
// The steps of an import in a real browser and on a real server (FOKUS_URL, FOKUS_EMAIL,
// FOKUS_PASSWORD of an administrator): a workbook, a pasted table, rows that are put aside, what is
// remembered, and the way back; on a desk and on a phone.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { at_least, base, check_axe, exactly, has_focus, has_value } from "./browser.mjs";
import { open_stage } from "./stage.mjs";

const { page, dialog, test, shot, end } = await open_stage("import", { width: 1280 });
const workbook = fileURLToPath(new URL("../../tests/api/imports/companies.xlsx", import.meta.url));
const button = (name) => page.getByRole("button", { name, exact: true });
const heading = (name) => page.getByRole("heading", { name });

async function next(title) {
  await button("Next").click();
  await heading(title).waitFor();
}

async function describe_source() {
  await page.getByRole("combobox", { name: "Legal basis" }).click();
  await page.getByRole("option", { name: "Contract" }).click();
}

await test("a workbook: another sheet, and the first again", async () => {
  await page.goto(`${base}/import`);
  await page.locator("input[type=file]").setInputFiles(workbook);
  await heading("1. How is the file read?").waitFor();
  await page.getByText("A workbook (XLSX)").waitFor();
  await page.getByText(/Cells with a formula/).waitFor();
  const sheet = page.getByLabel("Sheet");
  await has_value(sheet, "Firmaer");
  await check_axe(page, "file");
  await shot("file");
  await sheet.selectOption("Andre");
  await page.getByRole("columnheader", { name: "Navn" }).waitFor();
  await sheet.selectOption("Firmaer");
  await page.getByRole("columnheader", { name: "Firmanavn" }).waitFor();
});

await test("columns: changed on their way, and a fixed value", async () => {
  await next("2. Which column is what?");
  await has_focus(heading("2. Which column is what?"));
  await has_value(page.getByRole("combobox", { name: "Field for Firmanavn" }), "Name");
  await page.getByRole("button", { name: /^Change values for Name/ }).click();
  await dialog.waitFor();
  await dialog.getByLabel("Add a change").selectOption("upper");
  await dialog.getByRole("button", { name: "Try it on the first rows" }).click();
  await dialog.getByText("REGNEARK ET A/S", { exact: true }).waitFor();
  await check_axe(page, "transforms");
  await dialog.getByRole("button", { name: "Done" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.getByRole("combobox", { name: "Give a field a fixed value" }).fill("Country");
  await page.getByRole("option", { name: "Country", exact: true }).click();
  await page.getByLabel("Country", { exact: true }).fill("DK");
  await check_axe(page, "columns");
  await shot("columns");
});

await test("rules, back and forth without a loss", async () => {
  await next("3. What may the rows do?");
  await describe_source();
  await page.getByRole("radio", { name: "Put the row aside" }).check();
  await check_axe(page, "rules");
  await shot("rules");
  await button("Back").click();
  await has_value(page.getByLabel("Country", { exact: true }), "DK");
  await next("3. What may the rows do?");
  await has_value(page.getByRole("combobox", { name: "Legal basis" }), "Contract");
  await page.reload();
  await heading("3. What may the rows do?").waitFor();
  await has_value(page.getByRole("combobox", { name: "Legal basis" }), "Contract");
});

await test("the dry run is paged through, and the run stores it", async () => {
  await next("4. What would happen");
  await button("Dry run").last().click();
  await page.getByRole("region", { name: "Row by row" }).waitFor();
  await page.getByText("REGNEARK ET A/S").first().waitFor();
  const rows = page.getByRole("region", { name: "Row by row" });
  await rows.getByLabel("Show").selectOption("error");
  await exactly(rows.locator("tbody tr"), 1);
  await check_axe(page, "dry run");
  await shot("check");
  await button("Run the import").click();
  await dialog.getByRole("button", { name: "Run the import" }).click();
  await heading("5. What happened").waitFor();
  await page.getByLabel("Name of the source").fill("Regneark");
  await button("Remember").click();
  await page.getByText("Remembered.").waitFor();
  await check_axe(page, "outcome");
});

await test("a pasted table with the remembered mapping puts known rows aside", async () => {
  await page.goto(`${base}/import`);
  await page.getByRole("button", { name: "Paste a table" }).click();
  await dialog
    .getByRole("textbox")
    .fill(
      "Firmanavn\tCVR-nr.\tAnsatte\nRegneark Et A/S\t71111111\t99\nRegneark Ny A/S\t79999999\t1",
    );
  await check_axe(page, "paste");
  await dialog.getByRole("button", { name: "Go on with this table" }).click();
  await heading("1. How is the file read?").waitFor();
  await button("Regneark").click();
  await page.getByText("Taken over.").waitFor();
  await next("2. Which column is what?");
  await next("3. What may the rows do?");
  await next("4. What would happen");
  await button("Dry run").last().click();
  const aside = page.getByRole("region", { name: "Rows put aside" });
  await aside.waitFor();
  await aside.getByLabel("Decision for row 2").selectOption("update");
  await page.getByText("0 wait for a decision, 1 are decided.").waitFor();
  await check_axe(page, "rows put aside");
  await shot("aside");
  await button("Run the import").click();
  await dialog.getByRole("button", { name: "Run the import" }).click();
  await heading("5. What happened").waitFor();
  await button("Take the import back").click();
  await dialog.getByRole("button", { name: "Take it back" }).click();
  await page.getByText("reversed", { exact: true }).waitFor();
});

await test("a phone walks the same steps", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${base}/import`);
  await page.getByRole("heading", { name: "Kept mappings" }).waitFor();
  await page.locator("input[type=file]").setInputFiles(workbook);
  await heading("1. How is the file read?").waitFor();
  await check_axe(page, "file on a phone");
  await next("2. Which column is what?");
  await at_least(page.getByRole("combobox", { name: /Field for/ }), 3);
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  assert.equal(wide, false, "the page is wider than the phone");
  await check_axe(page, "columns on a phone");
  await shot("phone");
  await page.goto(`${base}/import`);
  await page.getByRole("button", { name: "Remove: Regneark" }).click();
  await exactly(page.getByRole("button", { name: "Remove: Regneark" }), 0);
});

await end("imports");
