// SPDX-License-Identifier: Apache-2.0
// Connections on a real server: all off, switched on after a question, tested against an address
// that nobody may be led to, a password that is kept and never shown, and the calls that were made.
import assert from "node:assert/strict";
import {
  at_least,
  base,
  check_axe,
  finish,
  has_value,
  launch,
  test as one_test,
  open_page,
  shots,
  until,
} from "./browser.mjs";

const browser = await launch();
const page = await open_page(browser);
const test = (name, run) => one_test(page, name, run);
const shot = async (name, of = page) =>
  shots && of.screenshot({ path: `${shots}/connect_${name}.png` });
const get = async (path) => (await page.request.get(`${base}/api/v1${path}`)).json();
const put = async (path, data) => {
  const answer = await page.request.put(`${base}/api/v1${path}`, { data });
  assert.ok(answer.ok(), await answer.text());
};
const dialog = page.getByRole("dialog");
const card = (name) => page.getByRole("region", { name, exact: true });
const norway = card("Enhetsregisteret");
const denmark = card("CVR");
const one_switch = (name) => card(name).getByRole("switch", { name: `${name} is on` });
const is_on = async (name) => (await get(`/connectors/${name}`)).is_on;
// Where nobody may be led to; no call leaves the machine.
const INSIDE = "https://127.0.0.1:1";

await test("nothing is on, and each says what it would send where", async () => {
  await page.goto(`${base}/settings/connections`);
  await norway.waitFor();
  await norway.getByText("Off", { exact: true }).waitFor();
  await norway.getByText("data.brreg.no").waitFor();
  await norway.getByText(/Nothing about persons/).waitFor();
  assert.equal(await page.getByText("On", { exact: true }).count(), 0);
  assert.ok(await norway.getByRole("button", { name: "Test" }).isDisabled());
  await check_axe(page, "connections");
  await shot("list");
});

await test("switching on asks first", async () => {
  await one_switch("Enhetsregisteret").press("Space");
  await dialog.getByText(/From now on this server sends to data.brreg.no/).waitFor();
  await check_axe(page, "question");
  await shot("question");
  await dialog.getByRole("button", { name: "Cancel" }).last().click();
  await dialog.waitFor({ state: "hidden" });
  assert.equal(await is_on("register_brreg"), false);
});

await test("the address is changed in the settings, and the connection switched on", async () => {
  await norway.getByRole("button", { name: "Settings" }).click();
  const address = norway.getByRole("textbox", { name: "Address" });
  await address.fill("nowhere");
  await norway.getByRole("button", { name: "Save" }).click();
  await norway.getByText("Not a web address").waitFor();
  await address.fill(INSIDE);
  await norway.getByRole("button", { name: "Save" }).click();
  await norway.getByText("127.0.0.1:1", { exact: true }).waitFor();
  await one_switch("Enhetsregisteret").press("Space");
  await dialog.getByRole("button", { name: "Switch on" }).click();
  await norway.getByText("On", { exact: true }).waitFor();
  await norway.getByText(/by E. Browser/).waitFor();
  assert.equal(await is_on("register_brreg"), true);
});

await test("a test says in words what came of it, and is among the last calls", async () => {
  await norway.getByRole("button", { name: "Test" }).click();
  await norway.getByText(/The address is inside the house/).waitFor();
  await norway.getByRole("button", { name: "Last calls" }).click();
  await at_least(norway.getByRole("list", { name: "Last calls" }).getByRole("listitem"), 1);
  await check_axe(page, "last calls");
  await shot("tested");
});

await test("what must be filled in is, and a password is kept without being shown", async () => {
  await one_switch("CVR").press("Space");
  await dialog.getByRole("button", { name: "Switch on" }).click();
  await denmark.getByText("Fill in the settings first.").waitFor();
  await denmark.getByRole("textbox", { name: /^User name/ }).fill("fokus");
  await denmark.getByLabel(/^Password/).fill("seven-lamps-word");
  await check_axe(page, "settings");
  await denmark.getByRole("button", { name: "Save" }).click();
  await until(async () => (await get("/connectors/register_cvr")).fields[1].is_set);
  await page.reload();
  await denmark.getByRole("button", { name: "Settings" }).click();
  await has_value(denmark.getByRole("textbox", { name: /^User name/ }), "fokus");
  await denmark.getByPlaceholder("Stored; leave empty to keep it").waitFor();
  assert.ok(!(await page.content()).includes("seven-lamps-word"));
  await shot("secret");
});

await test("all outgoing calls are listed, and can be narrowed", async () => {
  await page.goto(`${base}/settings/egress`);
  await at_least(page.getByRole("row", { name: /Enhetsregisteret/ }), 1);
  await page
    .getByText(/HEAD 127\.0\.0\.1:1/)
    .first()
    .waitFor();
  await check_axe(page, "outgoing calls");
  await shot("egress");
  await page.getByRole("combobox", { name: "Connection" }).click();
  await page.getByRole("option", { name: "CVR" }).click();
  await page.getByText("Nothing fits").waitFor();
});

await test("both pages fit on a phone", async () => {
  const phone = await open_page(browser, { width: 390 });
  for (const place of ["connections", "egress"]) {
    await phone.goto(`${base}/settings/${place}`);
    await phone.getByRole("heading", { level: 2 }).waitFor();
    await phone.getByText("Enhetsregisteret").first().waitFor();
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `${place} is ${wide} wide`);
    await check_axe(phone, place);
    await shot(`phone_${place}`, phone);
  }
  await phone.context().close();
});

await put("/connectors/register_brreg", { is_on: false, base_url: "" });
await finish(browser, "connections");
