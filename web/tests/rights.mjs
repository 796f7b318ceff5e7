// SPDX-License-Identifier: Apache-2.0
// Who may do and see what, on a real server: the rights of a role, a new user, what is kept back
// and revealed, and where one reads who did what: a record's timeline, the access log.
import assert from "node:assert/strict";
import {
  base,
  check_axe,
  exactly,
  finish,
  has_text,
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
const shot = async (name) => shots && page.screenshot({ path: `${shots}/rights_${name}.png` });
const api = `${base}/api/v1`;
const get = async (path) => (await page.request.get(api + path)).json();
const send = async (method, path, data) => {
  const answer = await page.request.fetch(api + path, { method, data });
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
};
// So that it can run again on the same data.
const run = Date.now();
const dialog = page.getByRole("dialog");
const cell = (name) => page.getByRole("combobox", { name, exact: true });
const role_named = async (name) => (await get("/roles")).items.find((role) => role.name === name);

async function open_role(name) {
  await page.goto(`${base}/settings/roles`);
  await page.getByRole("combobox", { name: "Role", exact: true }).click();
  await page.getByRole("option", { name, exact: true }).click();
  await has_value(page.getByRole("combobox", { name: "Role", exact: true }), name);
}

// Types a name and takes the record of that name out of the answer.
async function choose(box, name) {
  const found = page.waitForResponse((reply) =>
    [...new URL(reply.url()).searchParams.values()].some((value) => value.includes(name)),
  );
  await box.fill(name);
  await found;
  // The box itself is still busy with what was there before it was typed.
  await page.getByRole("listbox").getByText(name, { exact: true }).first().waitFor();
  await page.getByRole("option", { name, exact: true }).first().click();
}

async function save() {
  const answer = page.waitForResponse((reply) => reply.request().method() === "PATCH");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  assert.equal((await answer).status(), 200);
}

await test("a role shows what all other types give, and says that it is fixed", async () => {
  await page.goto(`${base}/settings/roles`);
  await page.getByText("The rights of this role are fixed.").waitFor();
  for (const name of ["Company: Read", "Sale: Export", "All other types: Archive"]) {
    await has_value(cell(name), "all");
    assert.ok(await cell(name).isDisabled(), name);
  }
  await check_axe(page, "a fixed role");
});

await test("a right of one type takes the inherited ones along, and is given up", async () => {
  await open_role("Management");
  const row = page.getByRole("row", { name: /^Sale/ }).first();
  await row.getByText("as all other types").waitFor();
  await has_value(cell("Sale: Archive"), "other_groups");
  await cell("Sale: Export").selectOption("mine");
  await row.getByText("own rights").waitFor();
  await has_value(cell("Sale: Read"), "all");
  await shot("matrix");
  await check_axe(page, "roles");
  await save();
  const stored = (await role_named("Management")).definition.types;
  assert.deepEqual(stored.sale.export, ["mine"]);
  for (const action of ["read", "create", "update", "archive"])
    assert.deepEqual(stored.sale[action], stored["*"][action], action);
  await page.getByRole("button", { name: "Sale: as all other types again" }).click();
  await row.getByText("as all other types").waitFor();
  await has_value(cell("Sale: Export"), "all");
  await save();
  assert.equal((await role_named("Management")).definition.types.sale, undefined);
});

await test("the rights of a user's roles are shown together, with what is not saved", async () => {
  await open_role("Read only");
  await choose(page.getByRole("textbox", { name: "User", exact: true }), "Emil Brandt");
  await page.getByText("Roles: Read only").waitFor();
  const rights = page.getByRole("table", { name: "All rights together" });
  const row = rights.getByRole("row", { name: /^Product/ });
  await has_text(row, /allnonenonenonenone/);
  await cell("Product: Create").selectOption("mine");
  await has_text(row, /allminenonenonenone/);
  await page.getByText("with the changes above that are not saved").waitFor();
  await rights.scrollIntoViewIfNeeded();
  await shot("preview");
  await check_axe(page, "preview of rights");
});

await test("a new user has a primary group and a role", async () => {
  const email = `ny.${run}@example.org`;
  await page.goto(`${base}/settings/users`);
  await page.getByRole("button", { name: "New user" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Ny Bruger");
  await dialog.getByRole("textbox", { name: "E-mail" }).fill(email);
  await dialog.getByRole("button", { name: "Create" }).click();
  await exactly(dialog.getByText("Must be filled in"), 2);
  await check_axe(page, "a user without a group");
  const [group] = (await get("/groups?fields=name&sort=name&limit=1")).items;
  await choose(dialog.getByRole("textbox", { name: "Primary group" }), group.name);
  await dialog.getByRole("combobox", { name: "Roles" }).press("ArrowDown");
  await page.getByRole("option", { name: "Sales", exact: true }).click();
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "Create" }).click();
  await dialog.getByText("A link with which Ny Bruger chooses a password.").waitFor();
  const [user] = (await get(`/users?filter=email eq '${email}'`)).items;
  assert.equal(user.primary_group.id, group.id);
  const { roles } = await get(`/users/${user.id}/access`);
  assert.deepEqual(
    roles.map((role) => role.name),
    ["Sales"],
  );
});

await test("a timeline says who changed what from what to what", async () => {
  const made = await send("POST", "/companies", { name: "Tidslinje ApS" });
  await send("PATCH", `/companies/${made.id}`, { name: "Tidslinje A/S" });
  await page.goto(`${base}/companies/${made.id}`);
  const entry = page.locator("article[data-kind=change]");
  await has_text(entry.first(), /^E\. Browserchanged it.*NameTidslinje ApSTidslinje A\/S$/);
  await has_text(entry.nth(1), /created it/);
  await entry.nth(1).getByText("Values at creation").click();
  await entry.nth(1).getByText("Tidslinje ApS").waitFor();
  assert.equal(await page.locator("article").getByRole("link").count(), 0, "no number as a link");
  await shot("timeline");
  await check_axe(page, "changes in the timeline");
});

await test("a masked field is revealed with a reason, until the page is left", async () => {
  const number = "010190-1234";
  const person = await masked_person(number);
  await page.goto(`${base}/persons/${person.id}`);
  const reveal = page.getByRole("button", { name: "Reveal (is logged): National ID" });
  await reveal.click();
  const confirm = dialog.getByRole("button", { name: "Reveal", exact: true });
  assert.ok(await confirm.isDisabled(), "not without a reason");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Asked by phone");
  await check_axe(page, "reveal");
  await shot("reveal");
  const answer = page.waitForResponse((reply) => reply.url().endsWith("/reveal"));
  await confirm.click();
  assert.equal((await answer).status(), 200);
  await dialog.waitFor({ state: "detached" });
  await page.getByText(number).waitFor();
  await exactly(reveal, 0);
  await shot("revealed");
  const { items } = await get(`/access-log?action=reveal&type=person&id=${person.id}`);
  assert.equal(items.length, 1, "it is in the access log");
  assert.match(items[0].query_shape, /Asked by phone/);
  await page.goto(`${base}/persons`);
  await page.goto(`${base}/persons/${person.id}`);
  await reveal.waitFor();
  assert.equal(await page.getByText(number).count(), 0);
});

await test("a record says who can see it, and why", async () => {
  const made = await send("POST", "/companies", { name: `Synlig ApS ${run}` });
  await page.goto(`${base}/companies/${made.id}`);
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Who can see this" }).click();
  const owner = dialog.getByRole("region", { name: "The owner", exact: true });
  await owner.getByText("E. Browser").waitFor();
  await owner.getByText("Administrator", { exact: true }).waitFor();
  await dialog.getByText("Sees the records of everyone").waitFor();
  assert.ok((await dialog.getByRole("listitem").count()) > 5);
  await check_axe(page, "who can see this");
  await shot("readers");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
});

// An administrator does not see such numbers, so the number is written while a role shows them.
async function masked_person(national_id) {
  const mine = (await get("/me")).roles.map((role) => role.id);
  const definition = { types: {}, functions: [], field_classes: ["national_id"] };
  const role = await send("POST", "/roles", { key: `numbers_${run}`, name: "Numbers", definition });
  const me = (await get("/me")).id;
  await send("PUT", `/users/${me}/roles`, { roles: [...mine, role.id] });
  const person = await send("POST", "/persons", { last_name: "Maske", national_id });
  await send("PUT", `/users/${me}/roles`, { roles: mine });
  return person;
}

await test("the access log names the persons, and is filtered", async () => {
  const [person] = (await get("/persons?sort=name&limit=1&fields=name")).items;
  await get("/persons?sort=name&limit=9&fields=name");
  await get(`/persons/${person.id}/history`);
  const rows = page.locator("tbody tr");
  // What was read is moved into the log a moment later.
  await until(async () => {
    await page.goto(`${base}/settings/access-log`);
    const named = rows.getByRole("link", { name: person.name }).first();
    return named.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
  });
  await page
    .getByRole("button", { name: /^and \d+ more$/ })
    .first()
    .click();
  const all = page.getByRole("dialog").getByRole("link");
  await all.nth(3).waitFor();
  // Until its name is there, each stands as its number.
  await until(async () =>
    (await all.allTextContents()).every((name) => !/^Person \d+$/.test(name)),
  );
  await shot("log");
  await page.keyboard.press("Escape");
  await check_axe(page, "access log");
  const box = (name) =>
    page.getByRole("region", { name: "Filter" }).getByLabel(name, { exact: true });
  await choose(box("Person"), person.name);
  await box("Action").click();
  await page.getByRole("option", { name: "read", exact: true }).click();
  await rows.filter({ hasText: "searched" }).first().waitFor({ state: "detached" });
  // Of a row about many only the first are named.
  await rows.getByRole("link", { name: person.name }).first().waitFor();
  await until(async () =>
    (await rows.allTextContents()).every((text) => /read Persons/.test(text)),
  );
  await choose(box("User"), "Emil Brandt");
  await page.getByText("Nothing fits").waitFor();
  await page.getByRole("button", { name: "Clear", exact: true }).last().click();
  await rows.first().waitFor();
});

await test("a phone scrolls no setting sideways, and shows labels in Danish", async () => {
  const contact_points = [{ kind: "phone", label: "work", value: "+45 20 00 12 34" }];
  const company = await send("POST", "/companies", { name: "Telefon ApS", contact_points });
  const phone = await open_page(browser, { language: "da", width: 390 });
  for (const place of ["users", "jobs", "roles", "access-log", "lists"]) {
    await phone.goto(`${base}/settings/${place}`);
    await phone.getByRole("table").first().waitFor();
    const beyond = await phone.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(beyond, 0, place);
  }
  await phone.goto(`${base}/companies/${company.id}`);
  await phone.getByText("Arbejde", { exact: true }).waitFor();
  await phone.close();
});

await finish(browser, "rights");
