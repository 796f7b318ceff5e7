// SPDX-License-Identifier: Apache-2.0
// Without a mouse, on a real server: each stop of the Tab key is in sight and shows that it has the
// keyboard, what opens is closed with Esc, and the keyboard is then back where it was.
import assert from "node:assert/strict";
import {
  base,
  finish,
  has_focus,
  has_value,
  launch,
  loaded,
  test as one_test,
  open_page,
} from "./browser.mjs";

const browser = await launch();
const page = await open_page(browser);
const test = (name, run) => one_test(page, name, run);
const dialog = page.getByRole("dialog");
const STOPS_MAX = 60;
const [person] = (await (await page.request.get(`${base}/api/v1/persons?limit=1`)).json()).items;

// What has the keyboard, and what is wrong with how it shows that.
const stop = () =>
  page.evaluate(() => {
    const it = document.activeElement;
    if (!it || it === document.body) return null;
    const words = it.getAttribute("aria-label") ?? it.textContent.slice(0, 40);
    const name = `${it.tagName} ${words}`;
    const ring = (one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    };
    // A grid shows its cell; an input may have its ring around it.
    const active = document.getElementById(it.getAttribute("aria-activedescendant") ?? "");
    const near = [it, active, it.parentElement, it.nextElementSibling];
    const shown = near.some((one) => one && ring(one));
    const box = it.getBoundingClientRect();
    const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return { name, wrong: !seen ? "out of sight" : shown ? "" : "does not show it" };
  });

// Tab until it comes round to where it began.
async function walk() {
  const names = [];
  const wrong = new Set();
  for (let i = 0; i < STOPS_MAX; i++) {
    await page.keyboard.press("Tab");
    const at = await stop();
    if (!at) break;
    names.push(at.name);
    if (at.wrong) wrong.add(`${at.name}: ${at.wrong}`);
  }
  return { names, wrong: [...wrong] };
}

for (const [name, path] of [
  ["sales on a board", "/sales?view=all&presentation=board&group_by=stage"],
  ["a list", "/companies?view=all"],
  ["a calendar", "/activities?view=all&presentation=month&group_by=starts_at"],
  ["a record", `/persons/${person.id}`],
  ["dashboards", "/?still=1"],
  ["imports", "/import"],
  ["selections", "/selections"],
  ["duplicates", "/duplicates"],
  ["data quality", "/quality"],
  ["register updates", "/register-updates"],
  ["one's profile", "/settings/profile"],
  ["users", "/settings/users"],
  ["roles", "/settings/roles"],
  ["the access log", "/settings/access-log"],
]) {
  await test(`each stop on the way through ${name} can be seen`, async () => {
    await page.goto(base + path);
    await loaded(page);
    const { names, wrong } = await walk();
    assert.ok(names.length > 10, `only ${names.length} stops: ${names.join(", ")}`);
    assert.deepEqual(wrong, []);
  });
}

await test("the first stop leads past the navigation", async () => {
  await page.goto(`${base}/companies?view=all`);
  await loaded(page);
  await page.keyboard.press("Tab");
  await has_focus(page.getByRole("link", { name: "Skip to content" }));
  await page.keyboard.press("Enter");
  await has_focus(page.locator("main"));
});

await test("what opens over a list is closed with Esc, and the keyboard is back", async () => {
  await page.goto(`${base}/companies?view=all`);
  await loaded(page);
  const filter = page.getByRole("button", { name: "Filter", exact: true });
  await filter.press("Enter");
  await has_focus(page.getByRole("combobox", { name: "Field" }));
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await has_focus(filter);
  for (const name of ["Display", "Columns"]) {
    const button = page.getByRole("button", { name, exact: true });
    await button.press("Enter");
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    await has_focus(button);
  }
  await filter.focus();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Search or type a command" }).waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await has_focus(filter);
});

await test("a record is made from the keys alone", async () => {
  await page.goto(`${base}/companies?view=all`);
  await loaded(page);
  await page.locator("main").focus();
  await page.keyboard.press("c");
  const name = dialog.getByRole("textbox", { name: /^Name/ });
  await has_focus(name);
  await page.keyboard.type("Tastatur ApS");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await page.keyboard.press("c");
  await has_value(name, "Tastatur ApS");
  await has_focus(name);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Tastatur ApS" }).waitFor();
});

await test("a field is changed, and left as it was, without the mouse", async () => {
  await page.goto(`${base}/companies/1`);
  const edit = page.getByRole("button", { name: "Edit Name" });
  await edit.press("Enter");
  const box = page.getByRole("textbox", { name: "Name", exact: true });
  await has_focus(box);
  await page.keyboard.type(" and more");
  await page.keyboard.press("Escape");
  await has_focus(edit);
  await page.getByRole("tab", { name: "Timeline" }).focus();
  await page.keyboard.press("ArrowRight");
  await has_focus(page.getByRole("tab", { name: "Persons" }));
});

await test("a file is imported without the mouse", async () => {
  await page.goto(`${base}/import`);
  await page.setInputFiles("input[type=file]", {
    name: "keys.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("Name;City\nTaster A/S;Aarhus\n"),
  });
  await page.getByRole("button", { name: "Next" }).press("Enter");
  const field = page.getByRole("combobox", { name: "Field for City" });
  await field.fill("Registration");
  await page.getByRole("option", { name: "Registration no.", exact: true }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await has_value(field, "Registration no.");
  await page.getByRole("button", { name: "Next" }).press("Enter");
  await has_focus(page.getByRole("heading", { name: "3. What may the rows do?" }));
  const basis = page.getByRole("combobox", { name: "Legal basis" });
  await basis.press("Enter");
  await page.getByRole("option", { name: "Contract" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await has_value(basis, "Contract");
  await page.getByRole("button", { name: "Next" }).press("Enter");
  await page.getByRole("heading", { name: "4. What would happen" }).waitFor();
  await page.getByRole("button", { name: "Dry run", exact: true }).last().press("Enter");
  await page.getByRole("button", { name: "Run the import" }).press("Enter");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

await test("settings: menus and dialogs go with the keys", async () => {
  await page.goto(`${base}/settings/users`);
  const actions = page.getByRole("button", { name: "Actions" }).first();
  await actions.press("Enter");
  await page.getByRole("menuitem").first().waitFor();
  await page.keyboard.press("Escape");
  await has_focus(actions);
  const fresh = page.getByRole("button", { name: "New user" });
  await fresh.press("Enter");
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await has_focus(fresh);
});

await finish(browser, "the keyboard");
