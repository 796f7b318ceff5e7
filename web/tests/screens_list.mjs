// SPDX-License-Identifier: Apache-2.0
import { until } from "./browser.mjs";

export const screens = [
  { name: "sign_in", path: "/sign-in" },
  { name: "setup", path: "/setup#token" },
  { name: "password", path: "/password#token" },
  {
    name: "dashboard",
    path: "/?still=1",
    steps: async (page) => {
      await page.locator("[role=img] svg").first().waitFor();
      await page.waitForTimeout(800);
    },
  },
  {
    name: "dashboard_edit",
    path: "/?still=1",
    wide: true,
    steps: async (page) => {
      await page.locator("header button:has(svg.tabler-icon-pencil)").click();
      await page.locator(".grid-stack-item").first().waitFor();
      await page.waitForTimeout(400);
    },
  },
  {
    name: "tile_library",
    path: "/?still=1",
    wide: true,
    steps: async (page) => {
      await page.locator("header button:has(svg.tabler-icon-pencil)").click();
      await page.locator("header button:has(svg.tabler-icon-plus)").click();
      await page.getByRole("dialog").locator("[role=img] svg").first().waitFor();
      await page.waitForTimeout(600);
    },
  },
  { name: "list", path: "/companies?filter=category%20in%20('customer',%20'prospect')" },
  {
    name: "list_selected",
    path: "/persons",
    steps: async (page) => {
      const boxes = page.locator("[role=row] input[type=checkbox]");
      await boxes.nth(1).check();
      await boxes.nth(2).check();
    },
  },
  {
    name: "list_filter",
    path: "/sales",
    steps: async (page) => {
      await page.locator("main button:has(svg.tabler-icon-filter)").click();
      await page.getByRole("dialog").waitFor();
    },
  },
  {
    name: "list_groups",
    path: "/sales?view=all&group_by=stage",
    steps: async (page) => {
      await page.locator("[role=grid] [role=row] button[aria-expanded]").first().click();
      await page.locator("[role=row] a").first().waitFor();
    },
  },
  { name: "notifications", path: "/notifications" },
  { name: "reports", path: "/reports" },
  { name: "quality", path: "/quality" },
  { name: "quality_score", path: "/quality/score" },
  { name: "quality_rules", path: "/settings/quality" },
  { name: "list_board", path: "/sales?view=all&presentation=board&group_by=stage&sum=amount" },
  { name: "list_month", path: "/activities?view=all&presentation=month&group_by=starts_at" },
  { name: "list_week", path: "/activities?view=all&presentation=week&group_by=starts_at" },
  {
    name: "list_preview",
    path: "/persons",
    wide: true,
    steps: async (page) => {
      await page.locator("[role=row] a").first().waitFor();
      await page.locator("[role=grid]").focus();
      await page.keyboard.press("Space");
      await page.locator("aside h2").first().waitFor();
    },
  },
  {
    name: "list_save_view",
    path: "/companies?sort=-name",
    steps: async (page) => {
      await page.locator("main [role=status] button").first().click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "list_empty", path: "/companies?filter=name%20eq%20'zzz'" },
  { name: "record", path: "/companies/1" },
  {
    name: "record_edit",
    path: "/companies/1",
    wide: true,
    steps: async (page) => {
      await page.locator("section button[aria-label]").first().click();
      await page.locator("section input, section textarea").first().waitFor();
    },
  },
  { name: "record_related", path: "/companies/1?tab=persons" },
  {
    name: "record_timeline_kinds",
    path: "/companies/1?tab=timeline",
    steps: async (page) => {
      const first = page.locator("fieldset button[aria-pressed]").first();
      const before = await first.getAttribute("aria-pressed");
      await first.click();
      await until(async () => (await first.getAttribute("aria-pressed")) !== before);
    },
  },
  {
    name: "record_address",
    path: "/companies/1",
    wide: true,
    steps: async (page) => {
      await page
        .getByRole("button", { name: /Tilføj kontaktoplysning|Add a contact point/ })
        .click();
      await page
        .getByRole("dialog")
        .getByText(/^(Adresse|Address)$/)
        .click();
      await page.getByRole("dialog").getByRole("textbox").first().waitFor();
    },
  },
  { name: "record_history", path: "/companies/1?tab=history" },
  { name: "record_relations", path: "/companies/1?tab=relations" },
  { name: "person", path: "/persons/8" },
  { name: "sale", path: "/sales/1" },
  {
    name: "create",
    path: "/companies",
    steps: async (page) => {
      await page.locator("[role=row] a").first().waitFor();
      await page.keyboard.press("c");
      await page.getByRole("dialog").getByRole("textbox").first().waitFor();
    },
  },
  {
    name: "palette",
    path: "/",
    steps: async (page) => {
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("combobox").fill("nord");
      await page.getByRole("option", { name: /nord/i }).first().waitFor();
    },
  },
  { name: "bin", path: "/bin" },
  { name: "imports", path: "/import" },
  {
    name: "import",
    path: "/import",
    steps: async (page) => {
      const text =
        "Navn;CVR-nummer;Telefon;E-mail;By\nNy Kunde A/S;12345678;11223344;a@ny.example;Aarhus\nAnden ApS;87654321;;b@anden.example;Odense\nTredje I/S;11112222;;ikke en adresse;Vejle\n";
      await page.setInputFiles("input[type=file]", {
        name: "kunder.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(text),
      });
      await page.waitForURL(/import\/\d+/);
      const next = page.locator("main button.mantine-Button-root[data-variant=filled]").first();
      await next.click();
      await page.waitForURL(/step=columns/);
      await next.click();
      await page.waitForURL(/step=rules/);
      await page.locator("main input[role=combobox]").first().click();
      await page.locator("[role=option]").nth(1).click();
      await next.click();
      await page.waitForURL(/step=check/);
      await next.click();
      // What the dry run has counted.
      await page.locator("main b.tabular").first().waitFor();
    },
  },
  ...[
    "profile",
    "general",
    "currencies",
    "users",
    "groups",
    "roles",
    "types",
    "layouts",
    "lists",
    "sales-guide",
    "connections",
    "panels",
    "jobs",
    "access-log",
    "egress",
  ].map((name) => ({ name: `settings_${name}`, path: `/settings/${name}` })),
];
