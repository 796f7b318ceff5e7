// SPDX-License-Identifier: Apache-2.0
// Drives the built screens in a real browser: every screen, both languages, light and dark, wide
// and narrow; fails on accessibility violations, on requests to other hosts and on page errors.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { loaded, nothing_moves, slow_down } from "./browser.mjs";
import { screens } from "./screens_list.mjs";

const port = Number(process.env.PORT ?? 8181);
const base = process.env.FOKUS_URL ?? `http://127.0.0.1:${port}`;
const shots = process.env.SHOTS ?? fileURLToPath(new URL("../../build/screens", import.meta.url));
const only = process.argv[2];
const looks = (process.env.LOOKS ?? "da-light-1440,en-dark-1440,da-dark-390,en-light-390").split(
  ",",
);
const axe_source = readFileSync(
  new URL("../node_modules/axe-core/axe.min.js", import.meta.url),
  "utf8",
);
const FLAGS =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(
    " ",
  );
mkdirSync(shots, { recursive: true });

const mock = process.env.FOKUS_URL
  ? null
  : spawn(process.execPath, [fileURLToPath(new URL("mock_server.mjs", import.meta.url))], {
      env: { ...process.env, PORT: String(port), MOCK_OPEN: "1" },
      stdio: "inherit",
    });
await new Promise((resolve) => setTimeout(resolve, 700));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
let failures = 0;

function fail(text) {
  failures += 1;
  console.log(`FAIL ${text}`);
}

async function check_axe(page, name) {
  await page.evaluate(axe_source);
  const found = await page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const answer = await window.axe.run(document, { runOnly: { type: "tag", values: tags } });
    return answer.violations.map((entry) => ({
      id: entry.id,
      impact: entry.impact,
      nodes: entry.nodes
        .slice(0, 3)
        .map((node) => `${node.html.slice(0, 140)} | ${node.any[0]?.message ?? ""}`),
      count: entry.nodes.length,
    }));
  });
  for (const entry of found) {
    const text = `${name}: axe ${entry.id} (${entry.impact}) ×${entry.count}\n    ${entry.nodes.join("\n    ")}`;
    if (entry.impact === "serious" || entry.impact === "critical") fail(text);
    else console.log(`note ${text}`);
  }
}

for (const look of looks) {
  const [language, theme, width] = look.split("-");
  const context = await browser.newContext({
    viewport: { width: Number(width), height: width === "390" ? 844 : 900 },
    colorScheme: theme,
    locale: language,
    bypassCSP: false,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await slow_down(page);
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(base))
      fail(`${look}: request to ${request.url()}`);
  });
  page.on("pageerror", (error) => fail(`${look}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text()))
      fail(`${look}: console ${message.text().slice(0, 300)}`);
  });
  if (process.env.FOKUS_URL) await sign_in(page);
  // With the origin, without which the server takes it for another site's call and refuses it.
  const chosen = await page.request.patch(`${base}/api/v1/me`, {
    data: { language, theme: "system" },
    headers: { Origin: base },
  });
  if (!chosen.ok()) fail(`${look}: the language cannot be chosen: ${chosen.status()}`);
  for (const screen of screens) {
    if (only && !screen.name.includes(only)) continue;
    if (screen.wide && width === "390") continue;
    try {
      await page.goto(base + screen.path, { waitUntil: "networkidle" });
      await loaded(page);
      if (screen.steps) await screen.steps(page);
      await loaded(page);
      await page.waitForTimeout(250);
      await nothing_moves(page);
      await page.screenshot({ path: `${shots}/${screen.name}_${look}.png` });
      await check_axe(page, `${screen.name} ${look}`);
    } catch (error) {
      fail(`${screen.name} ${look}: ${String(error).slice(0, 400)}`);
    }
  }
  await context.close();
}

async function sign_in(page) {
  await page.goto(`${base}/sign-in`);
  await page.fill("input[type=email]", process.env.FOKUS_EMAIL);
  await page.fill("input[autocomplete=current-password]", process.env.FOKUS_PASSWORD);
  await page.click("button[type=submit]");
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

await browser.close();
mock?.kill();
console.log(failures ? `${failures} failures` : "all screens pass");
process.exit(failures ? 1 : 0);
