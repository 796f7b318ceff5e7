// SPDX-License-Identifier: Apache-2.0
// Selections on a real server with the demo world: create a dynamic one, add to a static one from a
// list, combine, ask why, freeze, follow up; then every tab in four looks, with axe.
//   FOKUS_URL, FOKUS_EMAIL, FOKUS_PASSWORD   where and as whom;   SHOTS   where pictures go
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const base = process.env.FOKUS_URL;
const shots = process.env.SHOTS ?? fileURLToPath(new URL("../../build/screens", import.meta.url));
const axe_source = readFileSync(
  new URL("../node_modules/axe-core/axe.min.js", import.meta.url),
  "utf8",
);
const FLAGS = [
  ..."--headless --no-sandbox --disable-gpu --disable-quic --no-first-run".split(" "),
  ..."--disable-background-networking --disable-component-update --disable-sync".split(" "),
];
mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
let failures = 0;
const made = {};

function fail(text) {
  failures += 1;
  console.log(`FAIL ${text}`);
}

async function open_page(language, theme, width) {
  const context = await browser.newContext({
    viewport: { width, height: width === 390 ? 844 : 900 },
    colorScheme: theme,
    locale: language,
    // The server takes a change only from its own pages; what the test itself sends says so too.
    extraHTTPHeaders: { origin: base },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => fail(`${language} ${theme} ${width}: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(base))
      fail(`request to ${request.url()}`);
  });
  await page.goto(`${base}/sign-in`);
  await page.fill("input[type=email]", process.env.FOKUS_EMAIL);
  await page.fill("input[autocomplete=current-password]", process.env.FOKUS_PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.request.patch(`${base}/api/v1/me`, { data: { language, theme: "system" } });
  return page;
}

async function check_axe(page, name) {
  await page.evaluate(axe_source);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const answer = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return answer.violations.map(({ id, impact, nodes }) => ({
      id,
      impact,
      nodes: nodes.slice(0, 3).map((node) => node.html.slice(0, 160)),
    }));
  });
  for (const { id, impact, nodes } of found)
    if (impact === "serious" || impact === "critical")
      fail(`${name}: axe ${id}\n    ${nodes.join("\n    ")}`);
}

async function test(name, run) {
  try {
    await run();
    console.log(`ok   ${name}`);
  } catch (error) {
    fail(`${name}: ${String(error).slice(0, 700)}`);
    await page.screenshot({ path: `${shots}/selections_failed_${failures}.png` });
    await page.keyboard.press("Escape");
  }
}

const page = await open_page("en", "light", 1440);
const get = async (path) => (await page.request.get(`${base}/api/v1${path}`)).json();
const id_of = () => Number(new URL(page.url()).pathname.split("/").at(-1));
const dialog = () => page.getByRole("dialog");

await test("a dynamic selection is created from a typical search, with a live count", async () => {
  await page.goto(`${base}/selections`);
  await page.getByRole("button", { name: "New", exact: true }).last().click();
  await dialog()
    .getByRole("radio", { name: /Dynamic/ })
    .waitFor();
  await dialog().getByRole("button", { name: "Companies with open sales" }).click();
  await dialog().getByText("fit right now").waitFor();
  await dialog()
    .getByText(/has Sales/i)
    .waitFor();
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
  assert.match((await get(`/selections/${made.dynamic}`)).filter, /country eq 'DK'/);
});

await test("rows of a list are added to a new static selection, and taken back", async () => {
  await page.goto(`${base}/companies?sort=name`);
  const boxes = page.locator("[role=row] input[type=checkbox]");
  for (const index of [1, 2, 3]) await boxes.nth(index).check();
  await page.getByRole("button", { name: "Add to selection" }).click();
  const fresh = dialog().getByText("A new one");
  if (await fresh.count()) await fresh.click();
  await dialog().getByRole("textbox", { name: "Name" }).fill("Visit in May");
  await dialog().getByRole("button", { name: "Next" }).click();
  await dialog().getByText("3 will be added.").waitFor();
  await dialog().getByRole("button", { name: "Add 3" }).click();
  await dialog().getByText("Done").waitFor();
  const found = (await get("/selections?q=Visit in May")).items.at(-1);
  made.fixed = found.id;
  assert.equal((await get(`/selections/${made.fixed}`)).count.value, 3);
  await dialog().getByRole("button", { name: "Undo" }).click();
  await page.waitForTimeout(1500);
  assert.equal((await get(`/selections/${made.fixed}`)).count.value, 0);
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
  await page.getByRole("checkbox", { name: "Select all" }).check();
  await page.getByRole("button", { name: "Take out" }).click();
  await dialog().getByText("2 will be taken out.").waitFor();
  await dialog().getByRole("button", { name: "Cancel" }).click();
  assert.equal((await get(`/selections/${made.fixed}`)).count.value, 2);
});

await test("two selections are combined; each way says how many", async () => {
  await page.goto(`${base}/selections`);
  await page.getByRole("button", { name: "New", exact: true }).last().click();
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
  await page.waitForTimeout(1500);
  assert.equal(await count(), 0);
});

await test("properties are changed", async () => {
  await page.goto(`${base}/selections/${made.dynamic}`);
  await page.getByRole("button", { name: "Properties" }).click();
  await dialog().getByRole("textbox", { name: "Category" }).fill("Spring");
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

const screens = () => [
  ["selections", "/selections"],
  ["selection_members", `/selections/${made.dynamic}`],
  ["selection_persons", `/selections/${made.dynamic}?tab=person`],
  ["selection_criteria", `/selections/${made.dynamic}?tab=criteria`],
  ["selection_combination", `/selections/${made.combined}?tab=criteria`],
  ["selection_changes", `/selections/${made.dynamic}?tab=changes`],
  ["selection_used_in", `/selections/${made.dynamic}?tab=used_in`],
  ["selection_static", `/selections/${made.fixed}`],
  [
    "selection_new",
    "/selections",
    async (at) => {
      await at.locator("main header button.mantine-Button-root").last().click();
      await at.getByRole("radio").nth(0).waitFor();
    },
  ],
  [
    "selection_properties",
    `/selections/${made.dynamic}`,
    async (at) => {
      await at.locator("main header button:has(svg.tabler-icon-settings)").click();
      await at.getByRole("dialog").waitFor();
    },
    true,
  ],
];

for (const [language, theme, width] of [
  ["da", "light", 1440],
  ["en", "dark", 1440],
  ["da", "dark", 390],
  ["en", "light", 390],
]) {
  const at = await open_page(language, theme, width);
  for (const [name, path, steps, wide] of screens()) {
    if (wide && width === 390) continue;
    const look = `${name}_${language}-${theme}-${width}`;
    try {
      await at.goto(base + path, { waitUntil: "networkidle" });
      if (steps) await steps(at);
      await at.waitForTimeout(400);
      await at.screenshot({ path: `${shots}/${look}.png` });
      await check_axe(at, look);
    } catch (error) {
      fail(`${look}: ${String(error).slice(0, 400)}`);
    }
  }
  await at.context().close();
}

await browser.close();
console.log(failures ? `${failures} failures` : "all selection flows and screens pass");
process.exit(failures ? 1 : 0);
