// SPDX-License-Identifier: Apache-2.0
// Register updates on a real server: what a register says otherwise waits in the queue, is
// accepted, rejected, and taken back with the keyboard, in bulk, and on a phone; the settings of a
// register; a company that is left out; and where a value came from, on the record's page and in a
// filter.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import {
  at_least,
  base,
  check_axe,
  finish,
  has_focus,
  launch,
  test as one_test,
  open_page,
  shots,
  until,
} from "./browser.mjs";

const browser = await launch();
const page = await open_page(browser);
const test = (name, run) => one_test(page, name, run);
const shot = async (name) =>
  shots && page.screenshot({ path: `${shots}/register_updates_${name}.png` });
const call = async (method, path, data) => {
  const answer = await page.request.fetch(`${base}/api/v1${path}`, { method, data });
  const text = await answer.text();
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${text.slice(0, 300)}`);
  return text ? JSON.parse(text) : null;
};
const get = (path) => call("GET", path);
const dialog = page.getByRole("dialog");
const toast = page.getByRole("alert");
const list = page.getByRole("list", { name: "Differences" });
const panel = page.getByRole("region", { name: "The difference" });

// The register, once: another script may have loaded it.
const is_loaded = async () =>
  (await get("/registers")).items.some((one) => one.name === "brreg" && one.current);
if (!(await is_loaded())) {
  const file = new URL("../../tests/api/registers/brreg.csv", import.meta.url);
  const answer = await page.request.post(`${base}/api/v1/registers/brreg/loads?name=brreg.csv`, {
    headers: { "content-type": "text/csv" },
    data: readFileSync(file),
  });
  assert.ok(answer.ok(), await answer.text());
  await until(is_loaded, "the register was not loaded");
}
const settings = { otherwise: "propose", typed: "propose", source: "local", policies: {} };
await call("PUT", "/register_updates/settings/brreg", settings);

// Of this run alone.
const NAME = `Viksund ${Date.now() % 1_000_000}`;
const { id } = await call("POST", "/companies?duplicates=allow", {
  name: NAME,
  country: "NO",
  org_number: "923609016",
  employees: 3,
  email: "old@viksund.example",
});
const company = () => get(`/companies/${id}`);
const proposals = async (state = "open") =>
  (await get(`/register_updates/proposals?company=${id}&state=${state}`)).items;
const open_queue = async (more = "") => {
  await page.goto(`${base}/register-updates${more}`);
  await list.getByRole("button").filter({ hasText: NAME }).first().waitFor();
  // So that the keys are the page's.
  await page.getByRole("heading", { level: 1 }).click();
};
const choose = async (label) => {
  await list.getByRole("button").filter({ hasText: NAME }).filter({ hasText: label }).click();
  await panel.getByRole("heading", { name: label }).waitFor();
};

await test("a company is updated from its page, and says what waits", async () => {
  await page.goto(`${base}/companies/${id}`);
  await page.getByRole("button", { name: "More actions" }).first().click();
  await page.getByRole("menuitem", { name: "Update from register" }).click();
  await dialog.getByRole("switch", { name: /Keep this company up to date/ }).waitFor();
  await check_axe(page, "update dialog");
  await dialog.getByRole("button", { name: "Update now" }).click();
  await dialog.getByText("Employees").waitFor();
  await shot("dialog");
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await until(async () => (await proposals()).length >= 2, "nothing was proposed");
  assert.equal((await company()).employees, 3);
});

await test("the queue shows both values, and j and k go through it", async () => {
  await open_queue();
  await check_axe(page, "queue");
  await shot("queue");
  await page.keyboard.press("j");
  await at_least(list.locator("[aria-current]"), 1);
  await page.keyboard.press("k");
  await choose("Employees");
  await panel.getByText("Present value").waitFor();
  await panel.getByText("14", { exact: true }).waitFor();
});

await test("r rejects, u takes it back", async () => {
  await open_queue();
  await choose("Employees");
  await page.keyboard.press("r");
  await toast
    .getByText(/Rejected/)
    .first()
    .waitFor();
  const rejected = async () =>
    (await proposals("rejected")).some((one) => one.field === "employees");
  await until(rejected, "it was not rejected");
  await page.keyboard.press("u");
  await until(async () => !(await rejected()), "it was not taken back");
});

await test("a accepts, and the history names the register", async () => {
  await open_queue();
  await choose("Employees");
  await page.keyboard.press("a");
  await until(async () => (await company()).employees === 14, "it was not taken");
  const [newest] = (await get(`/companies/${id}/history`)).items;
  assert.equal(newest.source.kind, "register");
});

await test("where a value came from is told at its label, by mouse and keyboard", async () => {
  await page.goto(`${base}/companies/${id}`);
  const label = page.getByRole("button", { name: "Employees: where it came from" });
  await label.waitFor();
  await label.focus();
  await page.keyboard.press("Enter");
  const facts = page.getByRole("dialog", { name: "Employees: where it came from" });
  await facts.getByText(/Register: Enhetsregisteret/).waitFor();
  await check_axe(page, "where it came from");
  await shot("origin");
  await page.keyboard.press("Escape");
  await facts.waitFor({ state: "detached" });
  await has_focus(label);
  await label.hover();
  await facts.getByRole("link", { name: "Show all that have it from there" }).click();
  await page.waitForURL(/filter=/);
  await page.getByRole("grid").getByText(NAME).first().waitFor();
});

await test("a filter asks for the source of a value", async () => {
  await page.goto(`${base}/companies?view=all`);
  await page.getByRole("grid").waitFor();
  await page.getByRole("button", { name: "Filter", exact: true }).click();
  await page.getByRole("combobox", { name: "Field" }).fill("Employees");
  await page.getByRole("option", { name: "Employees", exact: true }).click();
  await page.getByRole("combobox", { name: "About" }).click();
  await page.getByRole("option", { name: "where it came from" }).click();
  await page.getByRole("checkbox", { name: "Register" }).check();
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.waitForURL(/source/);
  await page.getByText("Source of Employees").waitFor();
  await page.getByRole("grid").getByText(NAME).first().waitFor();
});

await test("all that the filter shows are rejected after a preview", async () => {
  const [first] = await proposals();
  await open_queue(`?field=${first.field}`);
  await page.getByRole("button", { name: "Reject all" }).click();
  await dialog.getByRole("list", { name: "Some of them" }).getByText(NAME).first().waitFor();
  await check_axe(page, "preview");
  await dialog.getByRole("button", { name: /^Reject \d/ }).click();
  await dialog.getByText(/were rejected/).waitFor();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await until(async () => (await proposals()).every((one) => one.field !== first.field));
});

await test("a company that is left out is not updated", async () => {
  await page.goto(`${base}/companies/${id}`);
  await page.getByRole("button", { name: "More actions" }).first().click();
  await page.getByRole("menuitem", { name: "Update from register" }).click();
  await dialog.getByRole("switch", { name: /^Keep this company up to date/ }).press("Space");
  await until(async () => (await company()).register_exempt === true, "it is not left out");
  await until(() => dialog.getByRole("button", { name: "Update now" }).isDisabled());
  await page.keyboard.press("Escape");
});

await test("what is taken is said in the settings", async () => {
  await page.goto(`${base}/settings/registers`);
  const card = page.getByRole("region", { name: "Enhetsregisteret" });
  await card.getByRole("button", { name: "What is taken" }).click();
  await dialog.getByRole("combobox", { name: "Fields in general" }).click();
  await page.getByRole("option", { name: "Only if empty" }).click();
  await check_axe(page, "policies");
  await shot("policies");
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  const { items } = await get("/register_updates/settings");
  assert.equal(items.find((one) => one.provider === "brreg").otherwise, "if_empty");
});

await test("on a phone one difference fills the screen", async () => {
  const phone = await open_page(browser, { width: 390 });
  await phone.goto(`${base}/register-updates`);
  await phone.getByRole("list", { name: "Differences" }).getByRole("button").first().click();
  await phone.getByRole("region", { name: "The difference" }).waitFor();
  await check_axe(phone, "phone");
  await phone.getByRole("button", { name: "Back to the differences" }).click();
  await phone.getByRole("list", { name: "Differences" }).waitFor();
  await phone.context().close();
});

await finish(browser, "register updates");
