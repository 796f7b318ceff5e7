// SPDX-License-Identifier: Apache-2.0
// Data quality on a real server: the workbench with its keys, a suggestion applied and taken back,
// a value left as it is, many at once, the line below a field, the score of a record and of all,
// the rules, and who sees none of it.
import assert from "node:assert/strict";
import {
  at_least,
  base,
  check_axe,
  exactly,
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
const shot = async (name) => shots && page.screenshot({ path: `${shots}/quality_${name}.png` });
const call = async (method, path, data) => {
  const answer = await page.request.fetch(`${base}/api/v1${path}`, { method, data });
  const text = await answer.text();
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${text.slice(0, 300)}`);
  return text ? JSON.parse(text) : null;
};
const get = (path) => call("GET", path);
const dialog = page.getByRole("dialog");
const toast = page.getByRole("alert");
const findings = page.getByRole("list", { name: "Findings" });
const panel = page.getByRole("region", { name: "The finding" });
const item = (text) => findings.getByRole("button").filter({ hasText: text });

// Of this run alone; letters, because it is a name.
const TAG = [...String(Date.now() % 1_000_000)].map((digit) => "BDFGHKLMNP"[digit]).join("");
const NAME = `VINTHER${TAG}`;
const rules = (await get("/quality/rules?type=person")).rules;
const capitals = rules.find((rule) => rule.check === "name_case" && rule.field === "last_name");
assert.ok(capitals, "a rule about last names in capitals comes with the program");
const queue = `/quality?type=person&rule=${capitals.key}&owner=me`;
const api_queue = `/quality/findings?type=person&rule=${capitals.key}&owner=me`;
const persons = [];
for (const first_name of ["Ane", "Bo", "Cai", "Dan", "Eli"]) {
  const made = { first_name, last_name: NAME };
  persons.push((await call("POST", "/persons?duplicates=allow", made)).id);
}
const last_name = async (id) => (await get(`/persons/${id}`)).last_name;
const found_in = async (id) =>
  (await get(`/quality/records/person/${id}`)).findings.find((one) => one.rule === capitals.key);
for (const id of persons) await until(() => found_in(id), `nothing is found in ${id}`);
const MEANT = (await found_in(persons[0])).suggestion.value;

// All records once: what was there before the rules were.
const scan = await page.request.post(`${base}/api/v1/quality/scans`, { data: {} });
const { job, params } = await scan.json();
await until(async () => (await get(`/jobs/${job ?? params.job}`)).status === "done");

async function open_queue(more = "") {
  await page.goto(base + queue + more);
  await item(NAME).first().waitFor();
  // So that the keys are the page's.
  await page.getByRole("heading", { level: 1 }).click();
}

// Somebody of the demo world, in a browser of their own.
async function open_as(email) {
  const context = await browser.newContext({
    locale: "en",
    viewport: { width: 1440, height: 900 },
    extraHTTPHeaders: { origin: base },
  });
  const other = await context.newPage();
  await other.goto(`${base}/sign-in`);
  await other.fill("input[type=email]", email);
  await other.fill("input[autocomplete=current-password]", "nordlys inventar demo");
  await other.click("button[type=submit]");
  await other.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await other.request.patch(`${base}/api/v1/me`, { data: { language: "en" } });
  await other.goto(`${base}/`);
  return other;
}

await test("the workbench is worked through with the keyboard", async () => {
  await open_queue();
  await at_least(item(NAME), persons.length);
  await shot("workbench");
  await check_axe(page, "workbench");
  const shown = () => findings.locator("[aria-current]");
  const first = await shown().textContent();
  await page.keyboard.press("j");
  await until(async () => (await shown().textContent()) !== first);
  await page.keyboard.press("k");
  await until(async () => (await shown().textContent()) === first);
  await page.getByText("By record", { exact: true }).click();
  await until(() => page.url().includes("by=record"));
  await check_axe(page, "workbench by record");
});

await test("Enter applies the suggestion, and u takes it back", async () => {
  await open_queue();
  const [top] = (await get(`${api_queue}&limit=1`)).items;
  await panel.getByRole("link", { name: top.record.name }).waitFor();
  await panel.getByText(top.text).first().waitFor();
  await page.keyboard.press("Enter");
  await toast.getByText(`Applied: ${top.suggestion.value}`).waitFor();
  await until(async () => (await last_name(top.record.id)) === MEANT);
  await item(top.record.name).waitFor({ state: "detached" });
  await page.keyboard.press("u");
  await until(async () => (await last_name(top.record.id)) === NAME);
  await item(top.record.name).waitFor();
});

await test("a value is left as it is with a reason, and put back into the queue", async () => {
  await open_queue();
  const [top] = (await get(`${api_queue}&limit=1`)).items;
  await panel.getByRole("link", { name: top.record.name }).waitFor();
  await page.keyboard.press("d");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Writes it like that");
  await check_axe(page, "leave as it is");
  await page.keyboard.press("Enter");
  await toast.getByText("Left as it is: remembered.").waitFor();
  await item(top.record.name).waitFor({ state: "detached" });
  await page.goto(`${base}${queue}&dismissed=true`);
  await panel.getByText("Writes it like that").waitFor();
  await shot("left");
  await panel.getByRole("button", { name: "Put back into the queue" }).click();
  await toast.getByText("Back in the queue.").waitFor();
  await until(async () => !(await get(`/quality/findings/${top.id}`)).dismissed);
});

await test("a value is edited by hand where it stands", async () => {
  const id = persons[4];
  const found = await found_in(id);
  await open_queue(`&finding=${found.id}`);
  await panel.getByRole("link", { name: found.record.name }).waitFor();
  await page.keyboard.press("e");
  const box = panel.getByRole("textbox").first();
  await has_value(box, MEANT);
  await box.fill("Vinther-Holm");
  await page.keyboard.press("Enter");
  await until(async () => (await last_name(id)) === "Vinther-Holm");
  await item(found.record.name).waitFor({ state: "detached" });
  await toast.getByText("Saved").waitFor();
});

await test("all suggestions of a rule are applied at once, and taken back", async () => {
  await open_queue();
  const of_rule = persons.slice(0, 4);
  await page.getByRole("button", { name: "Apply all suggestions…" }).click();
  await dialog.getByText(/values would change$/).waitFor();
  await at_least(dialog.getByRole("list", { name: "Sample" }).getByRole("listitem"), 4);
  await shot("preview");
  await check_axe(page, "preview");
  await dialog.getByRole("button", { name: /^Apply \d+ suggestions$/ }).click();
  await dialog.getByText(/records changed\.$/).waitFor();
  for (const id of of_rule) assert.equal(await last_name(id), MEANT);
  await dialog.getByRole("button", { name: "Undo", exact: true }).click();
  await dialog.getByText("All is as it was.").waitFor();
  for (const id of of_rule) assert.equal(await last_name(id), NAME);
  await dialog.getByRole("button", { name: "Close" }).last().click();
  await dialog.waitFor({ state: "detached" });
  await item(NAME).first().waitFor();
});

await test("while one types, a value is put right with one click, never by itself", async () => {
  await page.goto(`${base}/persons?view=all`);
  await page.getByRole("grid").waitFor();
  await page.keyboard.press("c");
  const box = dialog.getByRole("textbox", { name: /^Last name/ });
  await box.fill("HOLMQVISTEN");
  const use = dialog.getByRole("button", { name: "Use Holmqvisten" });
  await use.waitFor();
  await has_value(box, "HOLMQVISTEN");
  await shot("entry");
  await check_axe(page, "a suggestion in a form");
  await use.click();
  await has_value(box, "Holmqvisten");
  await exactly(use, 0);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
});

await test("a record's page shows the finding below its field", async () => {
  await page.goto(`${base}/persons/${persons[0]}`);
  const use = page.getByRole("button", { name: `Use ${MEANT}`, exact: true });
  await use.waitFor();
  await shot("record");
  await check_axe(page, "a finding on a record's page");
  await use.click();
  await toast.getByText(`Applied: ${MEANT}`).waitFor();
  await until(async () => (await last_name(persons[0])) === MEANT);
  await exactly(use, 0);
});

await test("the score of a record says what would improve it", async () => {
  await page.goto(`${base}/persons/${persons[1]}`);
  const badge = page.getByRole("button", { name: /^Data quality \d+ of 100$/ });
  await badge.click();
  const gains = dialog.getByRole("list", { name: "What would improve it" });
  await at_least(gains.getByRole("listitem"), 1);
  await shot("score_of_record");
  await check_axe(page, "the score of a record");
  await gains.getByRole("button", { name: `Use ${MEANT}`, exact: true }).click();
  await until(async () => (await last_name(persons[1])) === MEANT);
  await page.keyboard.press("Escape");
});

await test("the score of all is shown by owner and type, and what would raise it", async () => {
  await page.goto(`${base}/quality/score?type=person`);
  await page.getByRole("region", { name: "Now" }).getByText("Without a finding").waitFor();
  const owners = page.getByRole("region", { name: "By owner" });
  await at_least(owners.getByRole("row"), 2);
  const types = page.getByRole("region", { name: "By record type" });
  await types.getByRole("link", { name: "Persons" }).waitFor();
  await shot("score");
  await check_axe(page, "score");
  const gains = page.getByRole("region", { name: "The largest gains" });
  await gains.getByRole("link").first().click();
  await page.waitForURL(
    (url) => url.pathname === "/quality" && url.searchParams.get("rule") !== null,
  );
  await findings.getByRole("button").first().waitFor();
});

const row = (text) => page.getByRole("listitem").filter({ hasText: text });
const rule_menu = async (text, entry) => {
  await page.getByRole("button", { name: `What to do with ${text}` }).click();
  await page.getByRole("menuitem", { name: entry, exact: true }).click();
};

await test("an administrator writes a rule, and sees beforehand what it finds", async () => {
  const text = `Rule of ${TAG}`;
  await page.goto(`${base}/settings/quality`);
  await page.getByRole("region", { name: "Persons" }).waitFor();
  await shot("rules");
  await check_axe(page, "rules");
  await page.getByRole("button", { name: "New rule" }).click();
  await dialog.getByRole("combobox", { name: "Record type" }).click();
  await page.getByRole("option", { name: "Persons", exact: true }).click();
  await dialog.getByRole("textbox", { name: /^What is said/ }).fill(text);
  await dialog.getByRole("button", { name: "Edit as text" }).click();
  const conditions = dialog.getByRole("textbox", { name: "Conditions as text" });
  await conditions.fill(`last_name eq '${NAME}'`);
  await dialog.getByText("would be found right now").waitFor();
  // Those put right by the tests before are found as well: criteria do not tell cases apart.
  await exactly(dialog.getByRole("list", { name: "Sample" }).getByRole("listitem"), 4);
  await shot("rule");
  await check_axe(page, "a rule");
  await dialog.getByRole("button", { name: "Save" }).click();
  await toast.getByText(/^Saved\./).waitFor();
  const stored = async () =>
    (await get("/quality/rules?type=person")).rules.find((one) => one.text === text);
  await row(text).getByText("Own", { exact: true }).waitFor();
  assert.equal((await stored()).filter, `last_name eq '${NAME}'`);
  await page.getByRole("switch", { name: `${text}: is on` }).press("Space");
  await until(async () => (await stored()).is_on === false);
  await rule_menu(text, "Remove");
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await until(async () => (await stored()) === undefined);
  await row(text).waitFor({ state: "detached" });
});

await test("a rule that came with the program is changed, and is again as it came", async () => {
  const stored = async () => get(`/quality/rules/${capitals.key}`);
  const other = capitals.severity === "error" ? "Warning" : "Error";
  await page.goto(`${base}/settings/quality`);
  await rule_menu(capitals.text, "Edit");
  await dialog.getByText(other, { exact: true }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await row(capitals.text).getByText("Changed", { exact: true }).waitFor();
  assert.equal((await stored()).severity, other.toLowerCase());
  await rule_menu(capitals.text, "As it comes with the program");
  await dialog.getByRole("button", { name: "Take back" }).click();
  await until(async () => (await stored()).severity === capitals.severity);
  await row(capitals.text).getByText("Changed", { exact: true }).waitFor({ state: "detached" });
});

await test("who may change nothing sees no entry, who is no administrator no rules", async () => {
  const reader = await open_as("emil@example.org");
  const main = reader.getByRole("navigation", { name: "Main" });
  await main.getByRole("link", { name: "Duplicates" }).waitFor();
  await exactly(main.getByRole("link", { name: "Data quality" }), 0);
  await reader.context().close();
  const seller = await open_as("mette@example.org");
  const entries = seller.getByRole("navigation", { name: "Main" });
  await entries.getByRole("link", { name: "Data quality" }).click();
  await seller.getByRole("navigation", { name: "Data quality" }).waitFor();
  await exactly(seller.getByRole("link", { name: "Rules", exact: true }), 0);
  await seller.goto(`${base}/settings/profile`);
  await seller.getByRole("link", { name: "Jobs" }).waitFor();
  const places = seller.getByRole("navigation", { name: "Settings" });
  await exactly(places.getByRole("link", { name: "Data quality" }), 0);
  await seller.context().close();
});

await test("on a dark desk all of it can be read", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open_queue();
  await panel.getByRole("heading", { level: 2 }).waitFor();
  await shot("workbench_dark");
  await check_axe(page, "workbench, dark");
  await page.goto(`${base}/quality/score?type=person`);
  await page.getByRole("region", { name: "By owner" }).getByRole("row").nth(1).waitFor();
  await shot("score_dark");
  await check_axe(page, "score, dark");
  await page.goto(`${base}/settings/quality`);
  await page.getByRole("region", { name: "Persons" }).waitFor();
  await check_axe(page, "rules, dark");
});

const is_narrow = async () => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `scrolls sideways: ${wide}`);
};

for (const theme of ["light", "dark"]) {
  await test(`a phone shows the findings, and one of them, ${theme}`, async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme: theme });
    await page.goto(base + queue);
    await item(NAME).first().waitFor();
    await check_axe(page, `phone ${theme}`);
    await page.getByRole("button", { name: /^Filter/ }).click();
    await page.getByRole("complementary", { name: "Filter" }).waitFor();
    await check_axe(page, `phone filter ${theme}`);
    await is_narrow();
    await page.getByRole("button", { name: "Show the findings" }).click();
    await item(NAME).first().click();
    await panel.getByRole("button", { name: "Apply the suggestion" }).waitFor();
    await shot(`phone_${theme}`);
    await check_axe(page, `phone finding ${theme}`);
    await is_narrow();
    await panel.getByRole("button", { name: "Back to the findings" }).click();
    await item(NAME).first().waitFor();
    await page.goto(`${base}/quality/score?type=person`);
    await page.getByRole("region", { name: "By owner" }).getByRole("row").nth(1).waitFor();
    await shot(`phone_score_${theme}`);
    await check_axe(page, `phone score ${theme}`);
    await is_narrow();
    await page.goto(`${base}/settings/quality`);
    await page.getByRole("region", { name: "Persons" }).waitFor();
    await check_axe(page, `phone rules ${theme}`);
    await is_narrow();
  });
}

await finish(browser, "quality");
