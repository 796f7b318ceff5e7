// SPDX-License-Identifier: Apache-2.0
// Every screen of selections on a real server with the demo world, in four looks, with axe.
//   FOKUS_URL, FOKUS_EMAIL, FOKUS_PASSWORD   where and as whom;   SHOTS   where pictures go
import { base, check_axe, fail, finish, launch, loaded, open_page, shots } from "./browser.mjs";

const browser = await launch();
const first = await open_page(browser);
const call = async (method, path, data) => {
  const answer = await first.request[method](`${base}/api/v1${path}`, { data });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`);
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
};
const create = async (name, more) =>
  (await call("post", "/selections", { name, record_type: "company", ...more })).id;
const dynamic = await create("Companies with open sales", {
  kind: "dynamic",
  filter: "any(sales: status in ('open'))",
});
const fixed = await create("Visit in May", { kind: "static" });
const some = await call("get", "/companies?fields=name&limit=5&sort=name");
await call("post", `/selections/${fixed}/members`, { ids: some.items.map((row) => row.id) });
const combined = await create("Open sales, visited in May", {
  kind: "combined",
  combine: { operation: "both", first: dynamic, second: fixed },
});
await call("put", `/selections/${fixed}/favourite`);
await call("patch", `/selections/${dynamic}`, { keeps_history: true });
await call("post", `/selections/${dynamic}/snapshots`);
await first.context().close();

const screens = [
  ["selections", "/selections"],
  ["selection_members", `/selections/${dynamic}`],
  ["selection_persons", `/selections/${dynamic}?tab=person`],
  ["selection_criteria", `/selections/${dynamic}?tab=criteria`],
  ["selection_combination", `/selections/${combined}?tab=criteria`],
  ["selection_changes", `/selections/${dynamic}?tab=changes`],
  ["selection_used_in", `/selections/${dynamic}?tab=used_in`],
  ["selection_static", `/selections/${fixed}`],
  [
    "selection_new",
    "/selections",
    async (at) => {
      await at.locator("main header button.mantine-Button-root").last().click();
      await at.getByRole("dialog").getByRole("radio").first().waitFor();
    },
  ],
  [
    "selection_properties",
    `/selections/${dynamic}`,
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
  const at = await open_page(browser, { language, theme, width });
  for (const [name, path, steps, wide] of screens) {
    if (wide && width === 390) continue;
    const look = `${name}_${language}-${theme}-${width}`;
    try {
      await at.goto(base + path, { waitUntil: "networkidle" });
      await loaded(at);
      if (steps) await steps(at);
      await loaded(at);
      await at.waitForTimeout(400);
      if (shots) await at.screenshot({ path: `${shots}/${look}.png` });
      await check_axe(at, look);
    } catch (error) {
      fail(`${look}: ${String(error).slice(0, 400)}`);
    }
  }
  await at.context().close();
}

await finish(browser, "selection screens");
