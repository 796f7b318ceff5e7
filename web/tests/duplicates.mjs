// SPDX-License-Identifier: Apache-2.0
// Duplicates on a real server: the warning while one types and when the server refuses, the hint on
// the record's page, looking through all records, the queue with its keys, merging all that are
// certain, and the rules.
import assert from "node:assert/strict";
import {
  at_least,
  base,
  check_axe,
  finish,
  launch,
  test as one_test,
  open_page,
  shots,
  until,
} from "./browser.mjs";

const browser = await launch();
const page = await open_page(browser);
const test = (name, run) => one_test(page, name, run);
const shot = async (name) => shots && page.screenshot({ path: `${shots}/duplicates_${name}.png` });
const get = async (path) => (await page.request.get(`${base}/api/v1${path}`)).json();
const post = async (path, data) =>
  (await page.request.post(`${base}/api/v1${path}`, { data })).json();
const dialog = page.getByRole("dialog");
const toast = page.getByRole("alert");
const pairs = page.getByRole("list", { name: "Pairs" });
const counts = async () => (await get("/duplicates?type=company&limit=1")).counts;

// Of this run alone.
const number = 100_000 + (Date.now() % 900_000);
const YARD = {
  name: `Kvistgaard Skibsværft ${number} ApS`,
  phone: `+4533${number}`,
  email: `post@kvistgaard${number}.example`,
  country: "DK",
};
const yard = await post("/companies?duplicates=allow", YARD);
assert.ok(yard.id, JSON.stringify(yard));
const warning = dialog.getByRole("region", { name: "Possible duplicates" });

async function type_it_again() {
  await page.goto(`${base}/companies?view=all`);
  await page.getByRole("grid").waitFor();
  await page.keyboard.press("c");
  await dialog.getByLabel("E-mail").fill(YARD.email);
  await dialog.getByLabel("Phone").fill(YARD.phone);
  const name = dialog.getByRole("textbox", { name: /^Name/ });
  await name.fill(`Kvistgård Skibsværft ${number}`);
  await dialog.getByLabel("E-mail").focus();
}

await test("while one types, what is there already is shown with reasons", async () => {
  await type_it_again();
  await warning.getByText(YARD.name).first().waitFor();
  await at_least(warning.getByRole("listitem"), 2);
  await shot("warning");
  await check_axe(page, "warning");
  await warning.getByRole("button", { name: `Use this one: ${YARD.name}` }).click();
  await page.waitForURL(`${base}/companies/${yard.id}`);
});

let twin = 0;
await test("the server asks before it makes one, and makes it for who insists", async () => {
  await type_it_again();
  await warning.getByText(YARD.name).first().waitFor();
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await warning.getByText("Not created: it may be here already.").waitFor();
  await shot("refused");
  await check_axe(page, "refused");
  await warning.getByRole("button", { name: "Create anyway" }).click();
  await page.waitForURL((url) => /companies\/\d+$/.test(url.pathname));
  twin = Number(page.url().split("/").at(-1));
  assert.notEqual(twin, yard.id);
});

await test("the page of a record says what it may be the same as", async () => {
  await page.goto(`${base}/companies/${twin}`);
  const hint = page.getByRole("region", { name: "Possible duplicates" });
  await hint.getByText(/may be the same/).waitFor();
  await hint.getByRole("button", { name: /^Look/ }).click();
  await dialog.getByRole("button", { name: "Compare and merge" }).first().waitFor();
  await shot("hint");
  await check_axe(page, "hint");
  await dialog.getByRole("button", { name: "Not a duplicate" }).first().click();
  await toast.getByText("Not a duplicate: remembered.").waitFor();
  await hint.waitFor({ state: "detached" });
  await toast.getByRole("button", { name: "Undo" }).first().click();
  await hint.waitFor();
});

await test("all records are compared, and the pairs stand in the queue", async () => {
  await page.goto(`${base}/duplicates?type=company`);
  await page.getByRole("button", { name: "Look for duplicates" }).click();
  await page.getByText(/^All records were compared/).waitFor({ timeout: 60_000 });
  await pairs.getByRole("button").filter({ hasText: "Kvistg" }).first().waitFor();
  await shot("queue");
  await check_axe(page, "queue");
  await page.getByRole("button", { name: "How", exact: true }).click();
  await dialog.getByRole("row").nth(1).waitFor();
  await check_axe(page, "scan");
  await page.keyboard.press("Escape");
});

await test("the queue is worked through with the keyboard", async () => {
  // Three more, so that there is something to go through.
  for (const name of ["Tagdækker Hjelm", "Malermester Ravn", "Snedkeriet Lærk"]) {
    const of = { phone: `+45${40_000_000 + name.length}`, email: `${name.length}@hjelm.example` };
    await post("/companies?duplicates=allow", { ...of, name: `${name} ApS`, country: "DK" });
    await post("/companies?duplicates=allow", { ...of, name: `${name} A/S`, country: "DK" });
  }
  // What is found on the way changes the queue: it is worked through when all were compared.
  const { job } = await post("/duplicates/scans", { type: "company" });
  await until(async () => (await get(`/jobs/${job}`)).status === "done");
  await page.goto(`${base}/duplicates?type=company`);
  await pairs.getByRole("button").filter({ hasText: "Hjelm" }).first().waitFor();
  await page.getByRole("heading", { level: 1 }).click();
  const shown = () => pairs.locator("[aria-current]");
  const first = await shown().textContent();
  await page.keyboard.press("j");
  await until(async () => (await shown().textContent()) !== first);
  await page.keyboard.press("k");
  await until(async () => (await shown().textContent()) === first);
  const before = await counts();
  const all = (one) => one.certain + one.likely + one.possible;
  await page.keyboard.press("n");
  await toast.getByText("Not a duplicate: remembered.").waitFor();
  await until(async () => all(await counts()) === all(before) - 1);
  await page.keyboard.press("u");
  await until(async () => all(await counts()) === all(before));
  await pairs.getByRole("button").filter({ hasText: "Lærk" }).first().click();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("m");
  await dialog.getByRole("radiogroup", { name: "The record that stays" }).waitFor();
  await dialog.getByRole("button", { name: "Merge 2 records" }).click();
  await toast.getByText(/^Merged into Snedkeriet/).waitFor();
  await pairs.getByRole("button").filter({ hasText: "Lærk" }).waitFor({ state: "detached" });
});

await test("all that are certain are merged at once, and taken back", async () => {
  await page.goto(`${base}/duplicates?type=company&certainty=certain`);
  const before = (await counts()).certain;
  assert.ok(before > 0, "there is a certain pair");
  await page.getByRole("button", { name: "Merge all that are certain" }).click();
  await dialog.getByText(/groups become one record each/).waitFor();
  await shot("certain");
  await check_axe(page, "certain");
  await dialog.getByRole("button", { name: /^Merge \d+ groups$/ }).click();
  await dialog.waitFor({ state: "detached" });
  await until(async () => (await counts()).certain === 0);
  const tray = page.getByRole("region", { name: "Jobs" });
  await tray.getByRole("button", { name: "Undo" }).click();
  await until(async () => (await counts()).certain === before);
});

await test("an administrator changes how records are compared, and takes it back", async () => {
  await page.goto(`${base}/settings/duplicates`);
  const card = page.getByRole("region", { name: "Companies" });
  await card.getByRole("textbox", { name: "Certain from" }).fill("98");
  await card.getByRole("slider").first().focus();
  await page.keyboard.press("ArrowRight");
  await shot("rules");
  await check_axe(page, "rules");
  await card.getByRole("button", { name: "Save" }).click();
  await card.getByText("Changed").waitFor();
  const rules = async () =>
    (await get("/duplicates/rules")).rules.find((one) => one.type === "company");
  await until(async () => (await rules()).certain_at === 98);
  assert.ok((await rules()).comparisons[0].weight > 1);
  await card.getByRole("button", { name: "As it comes with the program" }).click();
  await dialog.getByRole("button", { name: "Take back" }).click();
  await card.getByText("As it comes", { exact: true }).waitFor();
  await until(async () => (await rules()).certain_at === 95);
});

for (const theme of ["light", "dark"]) {
  await test(`a phone shows the pairs, and one of them, ${theme}`, async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(`${base}/duplicates?type=company`);
    await pairs.getByRole("button").first().waitFor();
    await check_axe(page, `phone ${theme}`);
    await pairs.getByRole("button").first().click();
    await page.getByRole("region", { name: "The pair" }).waitFor();
    await shot(`phone_${theme}`);
    await check_axe(page, `phone pair ${theme}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `scrolls sideways: ${wide}`);
    await page.getByRole("button", { name: "Back to the pairs" }).click();
    await pairs.getByRole("button").first().waitFor();
  });
}

await finish(browser, "duplicates");
