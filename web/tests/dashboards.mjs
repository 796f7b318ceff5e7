// SPDX-License-Identifier: Apache-2.0
// What people do with dashboards: look, drill, arrange, build, undo, wall. On a real server with
// FOKUS_URL, FOKUS_EMAIL and FOKUS_PASSWORD, else on the mock; pictures go to SHOTS.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { at_least, check_axe as check_page, slow_down, until } from "./browser.mjs";

const PORT = 8184;
const real = !!process.env.FOKUS_URL;
const base = process.env.FOKUS_URL ?? `http://127.0.0.1:${PORT}`;
const shots = process.env.SHOTS;
if (shots) mkdirSync(shots, { recursive: true });
const FLAGS = [
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync",
  "--disable-background-networking --disable-component-update",
].flatMap((line) => line.split(" "));
const mock = real
  ? null
  : spawn(process.execPath, [fileURLToPath(new URL("mock_server.mjs", import.meta.url))], {
      env: { ...process.env, PORT: String(PORT), MOCK_LANGUAGE: "en", MOCK_OPEN: "1" },
      stdio: "inherit",
    });
await new Promise((resolve) => setTimeout(resolve, real ? 0 : 700));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
const context = await browser.newContext({ locale: "en", viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
page.setDefaultTimeout(30_000);
await slow_down(page);
const check_axe = (name) => check_page(page, name);
let failures = 0;
page.on("pageerror", (error) => {
  failures += 1;
  console.log(`FAIL page error: ${error.message}`);
});
page.on("console", (message) => {
  if (message.type() !== "error" || /status of 4\d\d/.test(message.text())) return;
  failures += 1;
  console.log(`FAIL console: ${message.text().slice(0, 300)}`);
});

async function test(name, run) {
  try {
    await run();
    console.log(`ok   ${name}`);
  } catch (error) {
    failures += 1;
    console.log(`FAIL ${name}: ${String(error).slice(0, 700)}`);
    const path = `${shots}/dashboards_failed_${failures}.png`;
    if (shots) await page.screenshot({ path }).catch(() => undefined);
    await page.keyboard.press("Escape");
  }
}

const headers = { Origin: base };
if (real) {
  await page.goto(`${base}/sign-in`);
  await page.fill("input[type=email]", process.env.FOKUS_EMAIL);
  await page.fill("input[autocomplete=current-password]", process.env.FOKUS_PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await page.request.patch(`${base}/api/v1/me`, { data: { language: "en" }, headers });
}
const get = async (path) => (await page.request.get(`${base}/api/v1${path}`)).json();
const heads = (await get("/dashboards")).items;
const chosen = heads.find((one) => one.standard === "management") ?? heads[0];
const at = `${base}/dashboards/${chosen.id}`;
const stored = () => get(`/dashboards/${chosen.id}`);
const first = await stored();
const shown_as = (presentation) => {
  const found = first.tiles.find((one) => one.definition.presentation === presentation);
  assert.ok(found, `no tile is a ${presentation}`);
  return found;
};
const tile = (name) => page.getByRole("region", { name, exact: true });
const library = (await get("/tiles")).items.filter((one) => one.category === "activity");
const added = library.find((one) => one.definition.presentation === "list");
// Saving is told, and its undoing is over when the server says so.
const height_of = async (id) => (await stored()).tiles.find((one) => one.id === id).h;

await test("the page shows its tiles, and only those in sight are asked for", async () => {
  // One by one, or those together whose answers the server may still have.
  const asked = new Set();
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    const one = /tiles\/(\d+)\/data$/.exec(pathname);
    const ids = one ? [one[1]] : (searchParams.get("tiles") ?? "").split(",");
    for (const id of ids.filter(Boolean)) asked.add(id);
  });
  await page.setViewportSize({ width: 1440, height: 420 });
  await page.goto(`${at}?still=1`);
  await tile(first.tiles[0].title).getByRole("link").first().waitFor();
  await page.waitForTimeout(400);
  assert.ok(asked.size < first.tiles.length, "all were asked for");
  await page.setViewportSize({ width: 1440, height: 2600 });
  await tile(shown_as("funnel").title).locator("svg").first().waitFor();
  await tile(shown_as("list").title).getByRole("table").waitFor();
  await until(() => asked.size === first.tiles.length);
  await page.setViewportSize({ width: 1440, height: 900 });
  await check_axe("dashboard");
});

await test("a chart has its numbers as a table, and each leads to its records", async () => {
  await page.goto(`${at}?still=1`);
  const bar = shown_as("bar");
  const chart = tile(bar.title);
  await chart.scrollIntoViewIfNeeded();
  await chart.hover();
  await chart.getByRole("button", { name: /What to do with/ }).click();
  await page.getByRole("menuitem", { name: "Show as table" }).click();
  await chart.getByRole("cell").first().getByRole("link").click();
  await page.waitForURL(/\/\w+\?filter=/);
  await page.getByRole("grid").waitFor();
});

await test("a big number leads to its records", async () => {
  await page.goto(at);
  const number = shown_as("number");
  await tile(number.title).getByRole("link").first().click();
  await page.waitForURL((url) => /^\/\w+$/.test(url.pathname));
  await page.getByRole("grid").waitFor();
});

// Where something is once it moves no more.
async function still(locator) {
  let place = null;
  await until(async () => {
    const before = JSON.stringify(place);
    await page.waitForTimeout(200);
    place = await locator.boundingBox();
    return place && JSON.stringify(place) === before;
  });
  return place;
}

await test("a click on a bar opens the list behind it", async () => {
  await page.goto(`${at}?still=1`);
  const chart = tile(shown_as("bar").title);
  await chart.scrollIntoViewIfNeeded();
  const bar = chart.locator('svg path[fill="#1f8a84"]').first();
  await bar.waitFor();
  const place = await still(bar);
  await page.mouse.click(place.x + place.width / 3, place.y + place.height / 2);
  await page.waitForURL(/\/\w+\?filter=/);
});

if (real) {
  await test("a counted column is as high as the list that it leads to is long", async () => {
    const made = await page.request.post(`${base}/api/v1/dashboards`, {
      headers,
      data: {
        name: "Counted",
        tiles: [{ standard: "company/by_country", x: 0, y: 0, w: 6, h: 5 }],
      },
    });
    assert.ok(made.ok(), await made.text());
    const { id, tiles } = await made.json();
    await page.goto(`${base}/dashboards/${id}`);
    const chart = tile(tiles[0].title);
    await chart.getByRole("button", { name: /What to do with/ }).click();
    await page.getByRole("menuitem", { name: "Show as table" }).click();
    const cell = chart.getByRole("cell").first().getByRole("link");
    const told = await cell.textContent();
    await cell.click();
    await page.getByRole("banner").or(page.locator("main header")).getByText(told).waitFor();
    await page.request.delete(`${base}/api/v1/dashboards/${id}`, { headers });
  });
}

await test("a tile is resized with the keyboard, saved, and the save undone", async () => {
  await page.goto(at);
  const moved = first.tiles.at(-1);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: `Move ${moved.title}` }).focus();
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved").waitFor();
  await until(async () => (await height_of(moved.id)) === moved.h + 1);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await until(async () => (await height_of(moved.id)) === moved.h);
});

await test("a standard tile is added from the library", async () => {
  await page.goto(at);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Add a tile" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("tab", { name: /Activity|Activities/ }).click();
  await check_axe("library");
  await dialog.getByRole("button", { name: `Add ${added.title}`, exact: true }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved").waitFor();
  await until(async () => (await stored()).tiles.length === first.tiles.length + 1);
});

await test("an own tile is built with a preview and a table beside it", async () => {
  await page.goto(at);
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Add a tile" }).click();
  await page.getByRole("button", { name: "Build your own" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Title" }).fill("Own numbers");
  await dialog.getByRole("combobox", { name: "Shown as" }).click();
  await page.getByRole("option", { name: "Donut" }).click();
  await dialog.getByRole("region", { name: "Preview" }).locator("svg").first().waitFor();
  await at_least(dialog.getByRole("row"), 3);
  await check_axe("builder");
  await dialog.getByRole("button", { name: "Place on the page" }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved").waitFor();
  const newest = async () => (await stored()).tiles.at(-1);
  await until(async () => (await newest()).title === "Own numbers");
  const made = await newest();
  assert.equal(made.is_own, true);
});

await test("filters of the page live in the address and reach the tiles", async () => {
  await page.goto(at);
  const asked = page.waitForResponse(/tiles\/\d+\/data\?scope=mine/);
  await page.getByText("Mine", { exact: true }).click();
  assert.equal((await asked).status(), 200);
  await page.waitForURL(/scope=mine/);
});

await test("a copy is made and becomes the page", async () => {
  await page.goto(at);
  await page.getByRole("button", { name: "More about this dashboard" }).click();
  await page.getByRole("menuitem", { name: "Make a copy" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith(`/${chosen.id}`));
  await page.getByRole("heading", { name: `${first.name}, copy` }).waitFor();
});

await test("the wall screen shows the page and ends with Esc", async () => {
  await page.goto(at);
  await page.getByRole("button", { name: "More about this dashboard" }).click();
  await page.getByRole("menuitem", { name: "Show on a wall" }).click();
  const wall = page.getByRole("dialog", { name: "Wall screen" });
  await wall.getByRole("button", { name: "Start" }).click();
  await wall.getByRole("region", { name: first.tiles[0].title }).waitFor();
  await page.keyboard.press("Escape");
  await wall.waitFor({ state: "detached" });
});

if (real) {
  const run = Date.now();
  const post = async (path, data) => {
    const answer = await page.request.post(`${base}/api/v1${path}`, { headers, data });
    assert.ok(answer.ok(), await answer.text());
    return answer.json();
  };

  await test("a number that rises above a value is told, and leads to its tile", async () => {
    const name = `Klokke ${run}`;
    const { id } = await post("/dashboards", {
      name: "Watched",
      tiles: [
        {
          definition: {
            title: "Bells",
            record_type: "company",
            presentation: "number",
            filter: `name contains '${name}'`,
          },
        },
      ],
    });
    await page.goto(`${base}/dashboards/${id}`);
    await tile("Bells")
      .getByRole("button", { name: /What to do with/ })
      .click();
    await page.getByRole("menuitem", { name: "Tell me when …" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("It is 0 now.").waitFor();
    await check_axe("tell me when");
    await dialog.getByRole("textbox", { name: "Value" }).fill("0");
    await dialog.getByRole("button", { name: "Tell me", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    const mark = tile("Bells").getByRole("button", { name: "You are told of Bells" });
    await mark.waitFor();
    await post("/companies?duplicates=allow", { name });
    await until(async () => {
      const told = await get("/me/notifications");
      return told.items.some((one) => one.kind === "alert" && one.params.dashboard === id);
    });
    await page.goto(`${base}/notifications`);
    await page.getByText("Bells rose above 0 and is now 1").first().click();
    await page.waitForURL((url) => url.pathname === `/dashboards/${id}`);
    await tile("Bells").waitFor();
    await page.getByRole("button", { name: "More about this dashboard" }).click();
    await page.getByRole("menuitem", { name: "What I am told of" }).click();
    const list = page.getByRole("dialog", { name: "What I am told of" });
    await list.getByRole("link", { name: "Bells" }).waitFor();
    await check_axe("what I am told of");
    await list.getByRole("button", { name: /^Remove: Bells/ }).click();
    await list.getByRole("link", { name: "Bells" }).waitFor({ state: "detached" });
    await page.keyboard.press("Escape");
    await mark.waitFor({ state: "detached" });
    await page.request.delete(`${base}/api/v1/dashboards/${id}`, { headers });
  });

  await test("a panel says that its host is not allowed, and where to allow it", async () => {
    const host = `wiki${run}.example`;
    const { id } = await post("/dashboards", {
      name: "Panel",
      tiles: [
        { definition: { title: "Wiki", presentation: "web", url: `https://${host}/{user.id}` } },
      ],
    });
    await page.goto(`${base}/dashboards/${id}`);
    await tile("Wiki").getByText(`Pages of ${host} may not be shown here`).waitFor();
    await tile("Wiki").getByRole("link", { name: "Allow pages of a host" }).click();
    await page.waitForURL(/\/settings\/panels/);
    await page.getByRole("textbox", { name: "Host" }).fill("https://no");
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await page.getByRole("textbox", { name: "Host" }).fill(host);
    await page.getByRole("button", { name: "Allow", exact: true }).click();
    await page.getByText(host, { exact: true }).waitFor();
    await check_axe("hosts of panels");
    const index = await page.request.get(`${base}/dashboards/${id}`);
    assert.match(index.headers()["content-security-policy"], new RegExp(`https://${host}`));
    await page.getByRole("button", { name: `Secret of ${host}` }).click();
    const dialog = page.getByRole("dialog");
    await until(async () => (await dialog.getByLabel("Secret").inputValue()).length === 64);
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: `Remove ${host}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByText(host, { exact: true }).waitFor({ state: "detached" });
    await page.request.delete(`${base}/api/v1/dashboards/${id}`, { headers });
  });

  await test("the builder groups by fiscal quarter", async () => {
    await page.goto(at);
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await page.getByRole("button", { name: "Add a tile" }).click();
    await page.getByRole("button", { name: "Build your own" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Field", exact: true }).click();
    await page.getByRole("option", { name: "Closed", exact: true }).click();
    await dialog.getByRole("combobox", { name: "Time step" }).click();
    await page.getByRole("option", { name: "by fiscal quarter" }).click();
    await dialog.getByRole("region", { name: "Preview" }).locator("svg").first().waitFor();
    await at_least(dialog.getByRole("row"), 3);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
  });
}

await browser.close();
mock?.kill();
console.log(failures ? `${failures} failures` : "dashboards pass");
process.exit(failures ? 1 : 0);
