// SPDX-License-Identifier: Apache-2.0
// Selections on a real server with the demo world: create a dynamic one, add to a static one from a
// list, combine, ask why, freeze, follow up.
//   FOKUS_URL, FOKUS_EMAIL, FOKUS_PASSWORD   where and as whom;   SHOTS   where pictures go
import assert from "node:assert/strict";
import {
  base,
  check_axe,
  exactly,
  finish,
  launch,
  test as one_test,
  open_page,
  until,
} from "./browser.mjs";

const browser = await launch();
const page = await open_page(browser);
const test = (name, run) => one_test(page, name, run);
const made = {};
const get = async (path) => (await page.request.get(`${base}/api/v1${path}`)).json();
const id_of = () => Number(new URL(page.url()).pathname.split("/").at(-1));
const dialog = () => page.getByRole("dialog");

await test("a dynamic selection is created from a typical search, with a live count", async () => {
  await page.goto(`${base}/selections`);
  await page.getByRole("main").getByRole("button", { name: "New", exact: true }).first().click();
  await dialog()
    .getByRole("radio", { name: /Dynamic/ })
    .waitFor();
  await dialog().getByRole("button", { name: "Companies with open sales" }).click();
  await dialog().getByText("fit right now").waitFor();
  await dialog()
    .getByText(/has Sales/i)
    .waitFor();
  await check_axe(page, "new selection");
  await dialog().getByRole("textbox", { name: "Name" }).fill("Open sales");
  await dialog().getByRole("button", { name: "Create" }).click();
  await page.waitForURL(/selections\/\d+$/);
  made.dynamic = id_of();
  await page.getByRole("grid").waitFor();
  const stored = await get(`/selections/${made.dynamic}`);
  assert.equal(stored.filter, "any(sales: status in ('open'))");
  assert.ok(stored.count.value > 0);
});

await test("criteria are edited with a live count and saved", async () => {
  await page.getByRole("tab", { name: "Criteria" }).click();
  const text = page.getByRole("textbox", { name: "Filter as text" });
  await text.fill("any(sales: status in ('open')) and country eq 'DK'");
  await page
    .getByText("Country is DK")
    .or(page.getByText(/Country is/))
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved").first().waitFor();
  const stored = () => get(`/selections/${made.dynamic}`);
  await until(async () => /country eq 'DK'/.test((await stored()).filter));
});

await test("the charts of a selection count its members alone", async () => {
  await page.goto(`${base}/selections/${made.dynamic}?tab=charts`);
  const numbers = page.locator("section[data-kind=number]");
  await numbers.first().waitFor();
  const asked = page.waitForRequest((request) => request.url().endsWith("/tiles/preview"));
  await page.getByRole("combobox", { name: "Which tiles" }).click();
  await page.getByRole("option", { name: "Management" }).click();
  const { definition } = (await asked).postDataJSON();
  assert.match(definition.filter, new RegExp(`in_selection\\(${made.dynamic}\\)`));
  await page.locator("[role=img] svg").first().waitFor();
  // A tile leads to exactly its records, which are all of the selection.
  const menu = page.getByRole("button", { name: /^What to do with/ }).first();
  await menu.click();
  await page.getByRole("menuitem", { name: "Show the records" }).click();
  await page.waitForURL(/filter=/);
  assert.match(decodeURIComponent(page.url()), new RegExp(`in_selection\\(${made.dynamic}\\)`));
  await page.goto(`${base}/selections/${made.dynamic}?tab=charts`);
  await page.locator("[role=img] svg").first().waitFor();
  await check_axe(page, "charts of a selection");
});

await test("rows of a list are added to a new static selection, and taken back", async () => {
  await page.goto(`${base}/companies?sort=name`);
  const boxes = page.locator("[role=row] input[type=checkbox]");
  for (const index of [1, 2, 3]) await boxes.nth(index).check();
  await page.getByRole("button", { name: "Add to selection" }).click();
  const fresh = dialog().getByText("A new one");
  const box = dialog().getByRole("textbox", { name: "Name" });
  await fresh.or(box).first().waitFor();
  if (await fresh.count()) await fresh.click();
  await box.fill("Visit in May");
  await dialog().getByRole("button", { name: "Next" }).click();
  await dialog().getByText("3 will be added.").waitFor();
  await dialog().getByRole("button", { name: "Add 3" }).click();
  await dialog().getByText("Done").waitFor();
  const found = (await get("/selections?q=Visit in May")).items.at(-1);
  made.fixed = found.id;
  assert.equal((await get(`/selections/${made.fixed}`)).count.value, 3);
  await dialog().getByRole("button", { name: "Undo" }).click();
  await until(async () => (await get(`/selections/${made.fixed}`)).count.value === 0);
  await dialog().getByRole("button", { name: "Close" }).last().click();
});

await test("a member is found in the box, added, and taken out from the bar", async () => {
  const inside = (await get(`/selections/${made.dynamic}/members?fields=name&limit=2`)).items;
  await page.goto(`${base}/selections/${made.fixed}`);
  for (const row of inside) {
    const box = page.getByRole("textbox", { name: "Add a record" });
    await box.fill(row.name);
    await page.getByRole("option", { name: row.name, exact: true }).first().click();
    await page.getByText(`${row.name} was added`).waitFor();
  }
  await exactly(page.locator("[role=row] a"), 2);
  await page.getByRole("checkbox", { name: "Select all" }).check();
  await page.getByRole("button", { name: "Take out" }).click();
  await dialog().getByText("2 will be taken out.").waitFor();
  await dialog().getByRole("button", { name: "Cancel" }).click();
  assert.equal((await get(`/selections/${made.fixed}`)).count.value, 2);
});

await test("two selections are combined; each way says how many", async () => {
  await page.goto(`${base}/selections`);
  await page.getByRole("main").getByRole("button", { name: "New", exact: true }).first().click();
  await dialog()
    .getByRole("radio", { name: /Combined/ })
    .click();
  for (const [label, name] of [
    ["A", "Open sales"],
    ["B", "Visit in May"],
  ]) {
    await dialog().getByRole("combobox", { name: label, exact: true }).click();
    await page.getByRole("option", { name, exact: true }).first().click();
  }
  const both = dialog().getByRole("radio", { name: /In both/ });
  await both.getByText("2", { exact: true }).waitFor();
  await both.click();
  await dialog().getByRole("textbox", { name: "Name" }).fill("Both");
  await dialog().getByRole("button", { name: "Create" }).click();
  await page.waitForURL(/selections\/\d+$/);
  made.combined = id_of();
  assert.equal((await get(`/selections/${made.combined}`)).count.value, 2);
});

await test("why a record is in, or not, is said condition by condition", async () => {
  await page.getByRole("button", { name: "Why in, or not?" }).click();
  const outside = (
    await get(`/companies?filter=not in_selection(${made.fixed})&fields=name&sort=name&limit=1`)
  ).items[0];
  await dialog().getByRole("textbox", { name: "Record" }).fill(outside.name);
  await page.getByRole("option", { name: outside.name, exact: true }).first().click();
  await dialog().getByText("No, it is not in.").waitFor();
  await dialog().getByText('is in selection "Visit in May"').waitFor();
  await page.keyboard.press("Escape");
});

await test("a combined selection is frozen into a static one", async () => {
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Freeze who is in now" }).click();
  await page.getByText("Frozen: who was in now stays in.").waitFor();
  await page.waitForURL((url) => !url.pathname.endsWith(`/${made.combined}`));
  const frozen = await get(`/selections/${id_of()}`);
  assert.equal(frozen.kind, "static");
  assert.equal(frozen.count.value, 2);
  made.frozen = frozen.id;
});

await test("a record's page says which selections it is in, and why", async () => {
  const member = (await get(`/selections/${made.fixed}/members?fields=name`)).items[0];
  await page.goto(`${base}/companies/${member.id}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "In which selections?" }).click();
  const row = dialog().getByRole("listitem").filter({ hasText: "Visit in May" }).first();
  await row.getByText("In", { exact: true }).waitFor();
  await row.getByRole("button", { name: "Why?" }).click();
  await dialog().getByText("Yes, it is in.").first().waitFor();
  await page.keyboard.press("Escape");
});

await test("a list's filter is saved as a selection", async () => {
  await page.goto(`${base}/companies?filter=${encodeURIComponent("country eq 'DK'")}`);
  await page.getByRole("button", { name: "Save as selection" }).click();
  await dialog().getByRole("textbox", { name: "Name" }).fill("Danish companies");
  await dialog().getByRole("button", { name: "Create" }).click();
  await page.waitForURL(/selections\/\d+$/);
  assert.equal((await get(`/selections/${id_of()}`)).filter, "country eq 'DK'");
});

await test("a follow-up is made for each member and taken back", async () => {
  await page.goto(`${base}/selections/${made.fixed}`);
  await page.getByRole("button", { name: "Follow up", exact: true }).click();
  await dialog().getByRole("textbox", { name: "Title" }).fill("Call about May");
  await dialog().getByRole("button", { name: "Preview" }).click();
  await dialog().getByText("2 follow-ups would be made, among them for:").waitFor();
  await dialog().getByRole("button", { name: "Make 2 follow-ups" }).click();
  await dialog().getByText("Done").waitFor();
  const count = async () =>
    (await get("/activities?filter=name eq 'Call about May'&count=exact")).count.value;
  assert.equal(await count(), 2);
  await dialog().getByRole("button", { name: "Undo" }).click();
  await until(async () => (await count()) === 0);
});

await test("properties are changed", async () => {
  await page.goto(`${base}/selections/${made.dynamic}`);
  await page.getByRole("button", { name: "Properties" }).click();
  await dialog().getByRole("combobox", { name: "Category" }).fill("Spring");
  await dialog().getByRole("textbox", { name: "Description" }).fill("Everyone with an open sale");
  await dialog()
    .getByRole("checkbox", { name: /Keep history/ })
    .check();
  await dialog().getByRole("button", { name: "Save" }).click();
  await dialog().waitFor({ state: "hidden" });
  await page.request.post(`${base}/api/v1/selections/${made.dynamic}/snapshots`);
  assert.equal((await get(`/selections/${made.dynamic}`)).category, "Spring");
  await page.request.put(`${base}/api/v1/selections/${made.dynamic}/favourite`);
});

await finish(browser, "selections");
