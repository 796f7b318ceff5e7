// SPDX-License-Identifier: Apache-2.0
// Layouts of records' pages and the sales guide on a real server: a field moved by keyboard and by
// mouse, seen by another role, a rule, back to the standard; a suggestion becomes an activity.
import assert from "node:assert/strict";
import { base, check_axe, exactly, has_attribute, has_focus, until } from "./browser.mjs";
import { open_stage } from "./stage.mjs";

const { browser, page, call, get, dialog, test, shot, end } = await open_stage("layouts");
const section = (name) => page.getByRole("region", { name, exact: true });
const handle = (field) => page.getByRole("button", { name: `Move ${field}`, exact: true });
const save = async () => {
  const answer = page.waitForResponse((reply) => reply.request().method() === "PUT");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  assert.equal((await answer).status(), 200);
};
const sales_role = (await get("/roles")).items.find((role) => role.key === "sales");
const fields_of = (layout, key) =>
  layout.sections.find((one) => one.key === key).fields.map((field) => field.name);

// Somebody who sells, in a browser of their own.
async function open_seller() {
  const context = await browser.newContext({
    locale: "en",
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { origin: base },
  });
  const seller = await context.newPage();
  await seller.goto(`${base}/sign-in`);
  await seller.fill("input[type=email]", "mette@example.org");
  await seller.fill("input[autocomplete=current-password]", "nordlys inventar demo");
  await seller.click("button[type=submit]");
  await seller.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await seller.request.patch(`${base}/api/v1/me`, { data: { language: "en" } });
  return seller;
}

async function open_layout(type, role) {
  await page.goto(`${base}/settings/layouts`);
  const types = page.getByRole("combobox", { name: "Record type", exact: true });
  await types.click();
  await page.getByRole("option", { name: type, exact: true }).click();
  const roles = page.getByRole("combobox", { name: "For", exact: true });
  await roles.click();
  await page.getByRole("option", { name: new RegExp(`^${role}( \\(own layout\\))?$`) }).click();
  await section("Preview").waitFor();
}

const seller = await open_seller();
const [sale] = (await get("/sales?filter=status eq 'open' and stage eq 'offer'&limit=1")).items;
const [lost] = (await get("/sales?filter=status eq 'lost' and not reason empty&limit=1")).items;

await test("a field is moved by keyboard, and keeps it", async () => {
  await open_layout("Sale", "Sales");
  await check_axe(page, "layouts");
  await shot("editor");
  await handle("Lead source").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "To Sale", exact: true }).click();
  await has_focus(handle("Lead source"));
  await page
    .getByRole("status")
    .filter({ hasText: /^Lead source: Sale, place 8 of 8$/ })
    .waitFor();
  await page.keyboard.press("Alt+ArrowUp");
  await page
    .getByRole("status")
    .filter({ hasText: /place 7 of 8$/ })
    .waitFor();
  await has_focus(handle("Lead source"));
  await save();
  const stored = await get(`/layouts/sale?role=${sales_role.id}`);
  assert.equal(stored.is_own, true);
  assert.equal(fields_of(stored.layout, "main").at(-2), "source");
});

await test("another role's page follows while it is open; mine stays", async () => {
  await seller.goto(`${base}/sales/${sale.id}`);
  const main = seller.locator("section").filter({
    has: seller.getByRole("heading", { level: 2, name: "Sale", exact: true }),
  });
  await main.getByText("Lead source", { exact: true }).waitFor();
  await page.goto(`${base}/sales/${sale.id}`);
  const mine = page.locator("section").filter({
    has: page.getByRole("heading", { level: 2, name: "Sale", exact: true }),
  });
  await mine.getByText("Probability %", { exact: true }).waitFor();
  await exactly(mine.getByText("Lead source", { exact: true }), 0);
  // The seller looks on while it is taken back.
  const { version } = await get(`/layouts/sale?role=${sales_role.id}`);
  await call("DELETE", `/layouts/sale?role=${sales_role.id}`);
  await exactly(main.getByText("Lead source", { exact: true }), 0);
  await call("POST", `/layouts/sale/restoration?role=${sales_role.id}`, { version });
  await main.getByText("Lead source", { exact: true }).waitFor();
});

await test("a section has a name, two columns and a rule", async () => {
  await open_layout("Sale", "Sales");
  const more = page.getByRole("button", { name: "Change the section More" });
  await more.click();
  await page.getByRole("menuitem", { name: "Two columns" }).click();
  await more.click();
  await page.getByRole("menuitem", { name: "Shown only when…" }).click();
  await dialog.getByRole("button", { name: "Edit as text" }).click();
  await dialog.getByRole("textbox", { name: "Condition as text" }).fill("status eq 'lost'");
  await check_axe(page, "rule");
  await dialog.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("button", { name: "More is shown only when: status eq 'lost'" }).waitFor();
  await page.getByRole("button", { name: "Change the section More" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Why it was lost");
  await dialog.getByRole("button", { name: "Use it" }).click();
  await section("Why it was lost").waitFor();
  await shot("rule");
  await save();
  const heading = seller.getByRole("heading", { level: 2, name: "Why it was lost" });
  await seller.goto(`${base}/sales/${lost.id}`);
  await heading.waitFor();
  await seller.goto(`${base}/sales/${sale.id}`);
  await seller.getByRole("heading", { level: 2, name: "Sale", exact: true }).waitFor();
  await exactly(heading, 0);
});

await test("a field is dragged, taken off the page, and put back by undo", async () => {
  await open_layout("Sale", "Sales");
  const row = (name) => page.locator("li").filter({ has: handle(name) });
  await row("Expected").dragTo(row("Company"));
  await page
    .getByRole("status")
    .filter({ hasText: /^Expected: About, place 1 of/ })
    .waitFor();
  await handle("Expected").click();
  await page.getByRole("menuitem", { name: "Take off the page" }).click();
  await section("Not on the page").getByText("Expected", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await section("Sale")
    .first()
    .locator("li")
    .filter({ has: handle("Expected") })
    .waitFor();
  assert.ok(await page.getByRole("button", { name: "Save", exact: true }).isDisabled());
});

await test("a finger drags a field by its handle, and a tap opens its menu", async () => {
  await open_layout("Sale", "Sales");
  const rows = page.locator("li[data-spot]");
  const grip = rows.nth(2).locator("[data-handle]");
  const name = (await grip.getAttribute("aria-label")).replace(/^Move /, "");
  await grip.scrollIntoViewIfNeeded();
  const middle = async (locator) => {
    const box = await locator.boundingBox();
    return { x: box.x + Math.min(box.width, 60) / 2, y: box.y + box.height / 2 };
  };
  const from = await middle(grip);
  const to = await middle(rows.first());
  const session = await page.context().newCDPSession(page);
  const touch = (type, ...touchPoints) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", from);
  await touch("touchMove", { x: from.x, y: (from.y + to.y) / 2 });
  await touch("touchMove", to);
  await has_attribute(rows.first(), "data-over", "true");
  await touch("touchEnd");
  await page
    .getByRole("status")
    .filter({ hasText: new RegExp(`^${name}: .+, place 1 of`) })
    .waitFor();
  await exactly(page.getByRole("menu"), 0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  assert.ok(await page.getByRole("button", { name: "Save", exact: true }).isDisabled());
  const tapped = await middle(handle(name));
  await touch("touchStart", tapped);
  await touch("touchEnd");
  await page.getByRole("menuitem", { name: "Take off the page" }).waitFor();
  await page.keyboard.press("Escape");
  await session.detach();
});

await test("the dialog that makes a record follows the layout", async () => {
  await call("PUT", `/layouts/sale?role=${sales_role.id}`, {
    sections: [
      { key: "main", label: { en: "Short" }, fields: [{ name: "amount" }, { name: "name" }] },
    ],
    hidden: ["competitor"],
  });
  await seller.goto(`${base}/sales`);
  await seller.locator("[role=row] a").first().waitFor();
  await seller.getByRole("main").getByRole("button", { name: "New", exact: true }).click();
  const made = seller.getByRole("dialog");
  await made.getByText("Title").first().waitFor();
  await made.getByRole("button", { name: "All fields" }).click();
  await until(async () => {
    const labels = await made.locator("label").allTextContents();
    const at = (name) => labels.findIndex((label) => label.startsWith(name));
    return at("Amount") >= 0 && at("Amount") < at("Title");
  });
  await exactly(made.getByText("Competitor", { exact: true }), 0);
  await seller.keyboard.press("Escape");
});

await test("back to the standard, and a version put back", async () => {
  await open_layout("Sale", "Sales");
  await page.getByRole("button", { name: "Back to the standard" }).click();
  await dialog.getByRole("button", { name: "Back to the standard" }).click();
  await page.getByText("As it comes with the program").first().waitFor();
  assert.equal((await get(`/layouts/sale?role=${sales_role.id}`)).is_own, false);
  await page.getByRole("button", { name: "Versions" }).click();
  await page.getByRole("menuitem").first().click();
  await page.getByText("Own layout", { exact: true }).waitFor();
  await call("DELETE", `/layouts/sale?role=${sales_role.id}`);
});

await test("a suggestion of the guide becomes an activity with one click", async () => {
  await page.goto(`${base}/sales/${sale.id}`);
  const path = page.getByRole("list", { name: "Stage" });
  await has_attribute(path.locator("li").filter({ hasText: "Offer" }), "aria-current", "step");
  const guide = page.getByRole("region", { name: "Guide: Offer" });
  await guide.getByText("0 of 3").waitFor();
  await shot("guide");
  await check_axe(page, "sale with its guide");
  await guide.getByRole("button", { name: "Create the activity: Make the offer" }).click();
  await guide.getByText("1 of 3").waitFor();
  const step = guide.locator("[data-suggestion=make_offer]");
  await step.getByText("Planned", { exact: true }).waitFor();
  const made = async () =>
    (await get(`/activities?filter=sale eq ${sale.id} and name eq 'Make the offer'`)).items;
  const [activity] = await made();
  assert.equal(activity.kind, "task");
  // Done elsewhere: the open page follows.
  await call("PATCH", `/activities/${activity.id}`, { status: "done" });
  await step.getByText("Done", { exact: true }).waitFor();
  const second = guide.locator("[data-suggestion=present_offer]");
  await second.getByRole("button", { name: /^More for/ }).click();
  await page.getByRole("menuitem", { name: "Skip" }).click();
  await guide.getByText("2 of 3").waitFor();
  assert.equal((await made()).length, 1);
  // It is the sale's: the seller sees the same.
  await seller.goto(`${base}/sales/${sale.id}`);
  await seller.getByRole("region", { name: "Guide: Offer" }).getByText("2 of 3").waitFor();
});

await test("the path moves the sale, and the guide follows", async () => {
  await page.getByRole("button", { name: "Move to Negotiation" }).click();
  await page.getByRole("region", { name: "Guide: Negotiation" }).waitFor();
  await until(async () => (await get(`/sales/${sale.id}`)).stage === "negotiation");
});

await test("an administrator changes the guide", async () => {
  await page.goto(`${base}/settings/sales-guide`);
  const stage = page.getByRole("region", { name: "Negotiation", exact: true });
  await stage.getByRole("button", { name: "Add a suggestion to Negotiation" }).click();
  const fresh = stage.getByRole("group", { name: "New suggestion" });
  await fresh.getByRole("textbox", { name: "Title" }).fill("Ask the boss");
  await check_axe(page, "sales guide");
  await shot("guide_editor");
  await save();
  await page.goto(`${base}/sales/${sale.id}`);
  await page
    .getByRole("region", { name: "Guide: Negotiation" })
    .getByText("Ask the boss")
    .waitFor();
  await call("DELETE", "/sales_guide");
});

await test("on a phone the editor is one column, and a field is moved by its menu", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open_layout("Company", "Everybody else");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `${wide} wide`);
  await handle("Website").click();
  await page.getByRole("menuitem", { name: "Move up" }).click();
  await has_focus(handle("Website"));
  await shot("phone");
  await check_axe(page, "layouts on a phone");
  await page.goto(`${base}/sales/${sale.id}`);
  await page.getByRole("list", { name: "Stage" }).waitFor();
  await shot("guide_phone");
  await check_axe(page, "guide on a phone");
});

await seller.context().close();
await end("layouts");
