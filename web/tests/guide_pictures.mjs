// SPDX-License-Identifier: Apache-2.0
// The pictures of the user guide, made anew from the demo world, in Danish and English:
//   tests/e2e/run --program build/release/fokus --parts guide_pictures
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { base, finish, launch, open_page, test } from "./browser.mjs";

// PICTURES="merge duplicates": only these; else all.
const only = process.env.PICTURES?.split(" ");
const folder = fileURLToPath(new URL("../../docs/images/guide", import.meta.url));
const offer = readFileSync(new URL("../../tests/api/records/offer.pdf", import.meta.url));
const SIZE = { width: 1200, height: 740 };
const QUALITY = 0.72;
mkdirSync(folder, { recursive: true });
const browser = await launch();

const SELECTION = {
  da: ["Åbne salg i Danmark", "Til forårets besøgsrunde"],
  en: ["Open sales in Denmark", "For the round of visits in spring"],
};

async function prepare() {
  const page = await open_page(browser);
  const call = async (method, path, data) => {
    const answer = await page.request[method](`${base}/api/v1${path}`, { data });
    if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : null;
  };
  const me = await call("get", "/me");
  await call("patch", `/users/${me.id}`, { name: "Karen Lund" });
  const visits = await call("post", "/selections", {
    name: SELECTION.en[0],
    record_type: "company",
    kind: "dynamic",
    filter: "any(sales: status in ('open')) and country eq 'DK'",
  });
  const customer = (
    await call("get", "/companies?filter=category eq 'customer' and country eq 'DK'&limit=1")
  ).items[0];
  await page.goto(`${base}/companies/${customer.id}`);
  await page
    .locator("input[type=file][multiple]")
    .setInputFiles({ name: "Offer 2026.pdf", mimeType: "application/pdf", buffer: offer });
  await page.getByRole("region", { name: "Uploads" }).getByRole("link").click();
  await page.waitForURL(/documents\/\d+/);
  const document = new URL(page.url()).pathname;
  const twins = await make_twins(call);
  await page.context().close();
  return { user: me.id, selection: visits.id, company: customer.id, document, twins };
}

// Companies that were typed twice, found by a look through all records.
async function make_twins(call) {
  const address = { street: "Havnegade 12", postcode: "8000", city: "Aarhus C", country: "DK" };
  const of = { country: "DK", phone: "+4586131415", address };
  const create = (data) => call("post", "/companies?duplicates=allow", { ...of, ...data });
  const first = await create({ name: "Havnens Rederi A/S", category: "customer" });
  const more = { email: "kontor@havnens.example", employees: 34 };
  const second = await create({ name: "Havnens Rederi", category: "prospect", ...more });
  await create({ name: "Havnens Rederi ApS", phone: "+4586131416" });
  const { job } = await call("post", "/duplicates/scans", { type: "company" });
  for (let i = 0; i < 100; i++) {
    if ((await call("get", `/jobs/${job}`)).status === "done") break;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return `id in (${first.id}, ${second.id})`;
}

// Small: a picture is packed by the browser itself, as WebP.
async function keep(page, name) {
  const png = (await page.screenshot()).toString("base64");
  const webp = await page.evaluate(
    async ([data, quality]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: image.width, height: image.height });
      canvas.getContext("2d").drawImage(image, 0, 0);
      return canvas.toDataURL("image/webp", quality).split(",")[1];
    },
    [png, QUALITY],
  );
  writeFileSync(`${folder}/${name}.webp`, Buffer.from(webp, "base64"));
}

const world = await prepare();
const CSV =
  "Navn;CVR-nummer;Telefon;E-mail;By\nNy Kunde A/S;12345678;11223344;a@ny.example;Aarhus\n" +
  "Anden ApS;87654321;;b@anden.example;Odense\nTredje I/S;11112222;;c@tredje.example;Vejle\n";

const PICTURES = {
  dashboard: async (page) => {
    const heads = await (await page.request.get(`${base}/api/v1/dashboards`)).json();
    const { id } = heads.items.find((one) => one.standard === "management");
    await page.goto(`${base}/dashboards/${id}?still=1`);
    await page.locator("[role=img] svg").nth(2).waitFor();
  },
  list: async (page) => {
    const filter = encodeURIComponent("category in ('customer', 'partner')");
    await page.goto(`${base}/companies?filter=${filter}`);
    await page.locator("[role=row] a").first().waitFor();
    await page.getByRole("grid").focus();
    await page.keyboard.press("Space");
  },
  views: async (page) => {
    await page.goto(`${base}/sales?view=all&presentation=board&group_by=stage&sum=amount`);
    await page.locator("section li:has(a)").first().waitFor();
  },
  calendar: async (page) => {
    await page.goto(`${base}/activities?view=all&presentation=month&group_by=starts_at`);
    await page.locator("[data-item]").first().waitFor();
  },
  duplicates: async (page) => {
    await page.goto(`${base}/duplicates?type=company`);
    await page.locator("section table").waitFor();
  },
  merge: async (page) => {
    await page.goto(`${base}/companies?view=all&filter=${encodeURIComponent(world.twins)}`);
    const boxes = page.locator("[role=row] input[type=checkbox]");
    await boxes.nth(1).check();
    await boxes.nth(2).check();
    await page.locator("button:has(svg.tabler-icon-arrow-merge)").click();
    await page.getByRole("radiogroup").first().waitFor();
  },
  record: async (page) => {
    await page.goto(`${base}/companies/${world.company}`);
    await page.getByRole("tabpanel").locator("li").first().waitFor();
  },
  file: async (page) => {
    await page.goto(base + world.document);
    await page.locator("iframe").waitFor();
  },
  selection: async (page) => {
    await page.goto(`${base}/selections/${world.selection}?tab=criteria`);
    await page.getByRole("tabpanel").waitFor();
  },
  import: async (page) => {
    await page.goto(`${base}/import`);
    await page.setInputFiles("input[type=file]", {
      name: "kunder.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(CSV),
    });
    await page.waitForURL(/import\/\d+/);
    await page.goto(`${page.url().split("?")[0]}?step=columns`);
    await page.locator("main input[role=combobox]").first().waitFor();
  },
};

for (const language of ["da", "en"]) {
  const page = await open_page(browser, { language });
  await page.setViewportSize(SIZE);
  await page.evaluate((user) => localStorage.setItem(`fokus.tour.${user}`, "seen"), world.user);
  const [name, description] = SELECTION[language];
  await page.request.patch(`${base}/api/v1/selections/${world.selection}`, {
    data: { name, description },
  });
  for (const [picture, show] of Object.entries(PICTURES)) {
    if (only && !only.includes(picture)) continue;
    await test(page, `${picture} in ${language}`, async () => {
      await show(page);
      await page.waitForTimeout(1_500);
      await keep(page, `${picture}.${language}`);
    });
  }
  await page.request.delete(`${base}/api/v1/session`);
  await test(page, `sign in in ${language}`, async () => {
    await page.goto(`${base}/sign-in`);
    await page.locator("input[type=email]").waitFor();
    await keep(page, `sign_in.${language}`);
  });
  await page.context().close();
}

await finish(browser, "pictures");
