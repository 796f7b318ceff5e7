// SPDX-License-Identifier: Apache-2.0
// The main screens as they look, on a desk in light and English and on a phone in dark and Danish,
// into docs/images/screens. They are kept so that a change of the look is seen in review:
//   tests/e2e/run --program build/release/fokus --parts snapshots
// SNAPSHOTS="record diary": only these.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { base, finish, launch, open_page, test } from "./browser.mjs";

const only = process.env.SNAPSHOTS?.split(" ");
const folder = fileURLToPath(new URL("../../docs/images/screens", import.meta.url));
const LOOKS = [
  { language: "en", theme: "light", width: 1440 },
  { language: "da", theme: "dark", width: 390 },
];
const SCREENS = {
  dashboard: ["/", "main section h2"],
  list: ["/companies", "[role=row] a"],
  board: ["/sales?view=all&presentation=board&group_by=stage&sum=amount", "main"],
  record: ["/companies/1", "[role=tabpanel] li"],
  person: ["/persons/8", "[role=tabpanel] li"],
  sale: ["/sales/1", "[role=tabpanel] li"],
  diary: ["/diary", "main"],
  selections: ["/selections", "main"],
  duplicates: ["/duplicates", "main"],
  quality: ["/quality", "main"],
  import: ["/import", "main"],
  notifications: ["/notifications", "main"],
  bin: ["/bin", "main"],
  profile: ["/settings/profile", "main"],
  users: ["/settings/users", "main"],
  roles: ["/settings/roles", "main"],
  types: ["/settings/types", "main"],
  layouts: ["/settings/layouts", "main"],
  guide: ["/settings/sales-guide", "main"],
  registers: ["/settings/registers", "main"],
  jobs: ["/settings/jobs", "main"],
  access_log: ["/settings/access-log", "main"],
};
// The invitation is not part of any screen.
async function decline_tour(page, language) {
  await page.goto(base);
  await page.locator("main section h2").first().waitFor();
  const no = page.getByRole("button", { name: language === "da" ? "Nej tak" : "No thanks" });
  if (await no.isVisible()) await no.click();
}

mkdirSync(folder, { recursive: true });
const browser = await launch();
for (const look of LOOKS) {
  const page = await open_page(browser, look);
  await decline_tour(page, look.language);
  for (const [name, [path, stands]] of Object.entries(SCREENS)) {
    if (only && !only.includes(name)) continue;
    await test(page, `${name} ${look.width}`, async () => {
      await page.goto(base + path);
      await page.locator(stands).first().waitFor();
      await page.locator("[data-busy], [data-skeleton]").first().waitFor({ state: "detached" });
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(700);
      await page.screenshot({
        path: `${folder}/${name}_${look.width}.jpg`,
        type: "jpeg",
        quality: 62,
        animations: "disabled",
      });
    });
  }
  await page.context().close();
}
await finish(browser, "snapshots");
