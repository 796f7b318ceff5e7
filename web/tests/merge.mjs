// SPDX-License-Identifier: Apache-2.0
// Merging on a real server: field by field from a list, with what is linked coming along, links to
// the old number, taking it back at once and later, with what was changed since.
import assert from "node:assert/strict";
import {
  base,
  check_axe,
  exactly,
  finish,
  is_checked,
  launch,
  test as one_test,
  open_page,
  shots,
} from "./browser.mjs";

const browser = await launch();
const page = await open_page(browser);
const test = (name, run) => one_test(page, name, run);
const shot = async (name) => shots && page.screenshot({ path: `${shots}/merge_${name}.png` });
const get = async (path) => (await page.request.get(`${base}/api/v1${path}`)).json();
const post = async (path, data) =>
  (await page.request.post(`${base}/api/v1${path}`, { data })).json();
const dialog = page.getByRole("dialog");
const toast = page.getByRole("alert");
const heading = page.getByRole("heading", { level: 1 });
const tag = `Merge ${Date.now() % 1_000_000}`;

// Two of the same, and a person at the second.
async function make_two(name) {
  const allow = "/companies?duplicates=allow";
  const one = { name: `${tag} ${name} A/S`, country: "DK", phone: "+4586120001" };
  const two = { name: `${tag} ${name}`, country: "DK", email: `${name}@merge.example` };
  const first = (await post(allow, { ...one, category: "customer" })).id;
  const second = (await post(allow, { ...two, category: "partner", employees: 12 })).id;
  const person = (
    await post("/persons?duplicates=allow", { first_name: "Ea", last_name: tag, company: second })
  ).id;
  assert.ok(first && second && person, JSON.stringify({ first, second, person }));
  return { first, second, person };
}

async function open_dialog({ first, second }) {
  const filter = encodeURIComponent(`id in (${first}, ${second})`);
  await page.goto(`${base}/companies?view=all&sort=id&filter=${filter}`);
  await exactly(page.locator("[role=row] a"), 2);
  const boxes = page.locator("[role=row] input[type=checkbox]");
  await boxes.last().check();
  await boxes.nth(-2).check();
  const bar = page.getByRole("region", { name: "Selected records" });
  await bar.getByRole("button", { name: "Merge", exact: true }).click();
  await dialog.getByRole("radiogroup", { name: "The record that stays" }).waitFor();
}

const harbour = await make_two("Harbour");

await test("two records become one, field by field, with what belongs to them", async () => {
  await open_dialog(harbour);
  await dialog.getByText("Persons").waitFor();
  await shot("dialog");
  await check_axe(page, "merge");
  // The arrow keys choose within a field.
  const category = dialog.getByRole("radiogroup", { name: "Category" });
  await category.getByRole("radio").first().focus();
  await page.keyboard.press("ArrowRight");
  await is_checked(category.getByRole("radio").nth(1));
  // What the one that stays has not got is suggested from the other.
  const email = dialog.getByRole("radiogroup", { name: "E-mail" });
  await is_checked(email.getByRole("radio").nth(1));
  await dialog.getByRole("button", { name: "Merge 2 records" }).click();
  await toast.getByText(/^Merged into /).waitFor();
  const kept = await get(`/companies/${harbour.first}`);
  assert.equal(kept.category, "partner");
  assert.equal(kept.email, "Harbour@merge.example");
  assert.equal(kept.phone, "+4586120001");
  assert.equal((await get(`/persons/${harbour.person}`)).company.id, harbour.first);
});

await test("the old number leads to the record that stayed", async () => {
  await page.goto(`${base}/companies/${harbour.second}`);
  await page.waitForURL(`${base}/companies/${harbour.first}`);
  await heading.getByText(`${tag} Harbour A/S`).waitFor();
  await toast.getByText(/It was merged into/).waitFor();
});

await test("a merge is taken back at once", async () => {
  const yard = await make_two("Yard");
  await open_dialog(yard);
  const stays = dialog.getByRole("radiogroup", { name: "The record that stays" });
  await stays.getByRole("radio").nth(1).check();
  await dialog.getByRole("button", { name: `Take all of ${tag} Yard`, exact: true }).click();
  await dialog.getByRole("button", { name: "Merge 2 records" }).click();
  await toast.getByText(/^Merged into /).waitFor();
  const kept = await get(`/companies/${yard.second}`);
  assert.equal(kept.category, "partner");
  assert.equal((await get(`/companies/${yard.first}`)).id, yard.second);
  await toast
    .filter({ hasText: "Merged into" })
    .getByRole("button", { name: "Undo" })
    .first()
    .click();
  await toast.getByText("Taken back. The records are as they were.").waitFor();
  assert.equal((await get(`/companies/${yard.first}`)).category, "customer");
  assert.equal((await get(`/persons/${yard.person}`)).company.id, yard.second);
});

await test("later, what was changed since is shown and stays if one wants", async () => {
  const { email } = await get(`/companies/${harbour.first}`);
  assert.ok(email);
  await page.request.patch(`${base}/api/v1/companies/${harbour.first}`, {
    data: { category: "supplier" },
  });
  await page.goto(`${base}/merges`);
  const entry = page.getByRole("listitem").filter({ hasText: `${tag} Harbour A/S` });
  await entry.first().waitFor();
  await shot("list");
  await check_axe(page, "merges");
  await entry.getByRole("button", { name: "Take back" }).click();
  await dialog.getByRole("row").filter({ hasText: "Category" }).waitFor();
  await shot("undo");
  await check_axe(page, "undo");
  await dialog.getByRole("radio", { name: "Keep what was changed since" }).check();
  await dialog.getByRole("button", { name: "Take back" }).click();
  await entry.getByText("Taken back").waitFor();
  assert.equal((await get(`/companies/${harbour.first}`)).category, "supplier");
  assert.equal((await get(`/companies/${harbour.second}`)).id, harbour.second);
  assert.equal((await get(`/persons/${harbour.person}`)).company.id, harbour.second);
});

await test("what somebody else changed meanwhile is looked at again first", async () => {
  await open_dialog(harbour);
  await page.request.patch(`${base}/api/v1/companies/${harbour.second}`, {
    data: { employees: 99 },
  });
  await dialog.getByRole("button", { name: "Merge 2 records" }).click();
  await dialog.getByRole("alert").waitFor();
  await dialog.getByRole("button", { name: "Look again" }).click();
  await dialog.getByText(/^99/).waitFor();
  await dialog.getByRole("button", { name: "Merge 2 records" }).waitFor();
  await page.keyboard.press("Escape");
});

for (const [width, theme] of [
  [390, "light"],
  [390, "dark"],
  [1440, "dark"],
]) {
  await test(`the dialog and the list at ${width}, ${theme}`, async () => {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(`${base}/merges`);
    await page.getByRole("listitem").first().waitFor();
    await check_axe(page, `merges ${theme} ${width}`);
    await open_dialog(harbour);
    await page.waitForTimeout(400);
    await shot(`dialog_${theme}_${width}`);
    await check_axe(page, `merge ${theme} ${width}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `scrolls sideways: ${wide}`);
    await page.keyboard.press("Escape");
  });
}

await finish(browser, "merges");
