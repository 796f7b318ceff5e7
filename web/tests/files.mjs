// SPDX-License-Identifier: Apache-2.0
// Files in a real browser: dropped, shown, replaced, restored, refused. On a real server with
// FOKUS_URL, FOKUS_EMAIL and FOKUS_PASSWORD, else on the mock; pictures go to SHOTS.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { crc32, deflateSync } from "node:zlib";
import { chromium } from "playwright-core";
import { check_axe as check_page, slow_down, until } from "./browser.mjs";

const PORT = 8183;
const real = !!process.env.FOKUS_URL;
const base = process.env.FOKUS_URL ?? `http://127.0.0.1:${PORT}`;
const shots = process.env.SHOTS ?? fileURLToPath(new URL("../../build/screens", import.meta.url));
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const pdf = readFileSync(new URL("../../tests/api/records/offer.pdf", import.meta.url));
// The colours that the PDF's bar and the picture have and the page has not.
const BAR = [15, 92, 99];
const SKY = [40, 120, 210];
mkdirSync(shots, { recursive: true });

const mock = real
  ? null
  : spawn(process.execPath, [fileURLToPath(new URL("mock_server.mjs", import.meta.url))], {
      env: { ...process.env, PORT: String(PORT) },
      stdio: "inherit",
    });
await new Promise((resolve) => setTimeout(resolve, real ? 0 : 900));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: FLAGS,
});
const context = await browser.newContext({
  locale: "en",
  colorScheme: "light",
  viewport: { width: 1440, height: 900 },
});
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
  if (!message.text().includes("Content Security Policy")) return;
  failures += 1;
  console.log(`FAIL console: ${message.text()}`);
});

async function test(name, run) {
  try {
    await run();
    console.log(`ok   ${name}`);
  } catch (error) {
    failures += 1;
    await page.screenshot({ path: `${shots}/files_failed.png` }).catch(() => undefined);
    console.log(`FAIL ${name}: ${String(error).slice(0, 800)}`);
  }
}

function png(width, height, [red, green, blue]) {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3)]);
  for (let x = 0; x < width; x++) row.set([red, green, blue], 1 + x * 3);
  const chunk = (type, content) => {
    const body = Buffer.concat([Buffer.from(type), content]);
    const frame = Buffer.alloc(8 + body.length);
    frame.writeUInt32BE(content.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), 4 + body.length);
    return frame;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  const parts = [chunk("IHDR", head), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

// How many pixels of what is on the screen there have about that colour.
async function count_colour(place, colour) {
  const shot = (await place.screenshot()).toString("base64");
  return page.evaluate(
    async ([data, wanted]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const drawing = canvas.getContext("2d");
      drawing.drawImage(image, 0, 0);
      const { data: pixels } = drawing.getImageData(0, 0, image.width, image.height);
      let found = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        if (wanted.every((part, i) => Math.abs(pixels[at + i] - part) < 12)) found += 1;
      }
      return found;
    },
    [shot, colour],
  );
}

async function shows(place, colour) {
  await until(async () => (await count_colour(place, colour)) > 2000, "the file is not to be seen");
}

// What the browser does when a file is dropped at a place.
async function drop(selector, name, content) {
  const held = await page.evaluateHandle(
    ([file_name, bytes]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(bytes)], file_name));
      return transfer;
    },
    [name, [...content]],
  );
  await page.dispatchEvent(selector, "dragover", { dataTransfer: held });
  await page.waitForTimeout(150);
  return () => page.dispatchEvent(selector, "drop", { dataTransfer: held });
}

const shot = (name) => page.screenshot({ path: `${shots}/files_${name}.png` });
const pane = page.getByRole("region", { name: "Preview" });

await page.goto(`${base}/sign-in`);
await page.fill("input[type=email]", process.env.FOKUS_EMAIL ?? "kirsten@nordlys.example");
await page.fill(
  "input[autocomplete=current-password]",
  process.env.FOKUS_PASSWORD ?? "a long sentence",
);
await page.click("button[type=submit]");
await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
const headers = { Origin: base };
await page.request.patch(`${base}/api/v1/me`, { headers, data: { language: "en" } });
let document_id = 0;

await test("a file dropped on a company becomes a document of it", async () => {
  await page.goto(`${base}/companies/1`, { waitUntil: "networkidle" });
  const let_go = await drop("main, body", "Offer 2026.pdf", pdf);
  await page.getByText("Drop to add documents to").waitFor();
  await shot("drop_overlay");
  await let_go();
  const link = page.getByRole("region", { name: "Uploads" }).getByRole("link");
  await link.waitFor();
  await shot("tray");
  // It goes after a while; what is looked at here takes its time.
  const address = await link.getAttribute("href");
  await check_axe("company with uploads");
  await page.goto(base + address);
  await page.getByRole("heading", { name: "Offer 2026", exact: true }).waitFor();
  document_id = Number(new URL(page.url()).pathname.split("/").pop());
  const stored = await (await page.request.get(`${base}/api/v1/documents/${document_id}`)).json();
  assert.equal(stored.company.id, 1);
  assert.equal(stored.file.type, "application/pdf");
});

await test("the composer takes files too", async () => {
  await page.goto(`${base}/companies/1`, { waitUntil: "networkidle" });
  await page
    .locator("input[type=file][multiple]")
    .setInputFiles({ name: "Notes.txt", mimeType: "text/plain", buffer: Buffer.from("Hej Åse\n") });
  await page.getByRole("region", { name: "Uploads" }).getByRole("link").click();
  await page.locator("pre").getByText("Hej Åse").waitFor();
  await shot("text");
});

await test("a PDF shows itself in the page", async () => {
  await page.goto(`${base}/documents/${document_id}`, { waitUntil: "networkidle" });
  await shows(pane.locator("iframe"), BAR);
  await shot("pdf_en_light");
  await check_axe("document");
});

await test("a new file is a new version, and shows itself", async () => {
  await page.locator("input[type=file][aria-label='New version']").setInputFiles({
    name: "Sketch.png",
    mimeType: "image/png",
    buffer: png(640, 360, SKY),
  });
  await pane.getByRole("img", { name: "Sketch.png" }).waitFor();
  await shows(pane.locator("img"), SKY);
  await page.getByRole("button", { name: "Show version 1" }).click();
  await page.getByText("Older version").waitFor();
  await shows(pane.locator("iframe"), BAR);
  await page.getByRole("button", { name: "Show version 2" }).click();
  await shot("versions_en_light");
});

await test("an old version is restored as the newest", async () => {
  await page.getByRole("button", { name: "Restore version 1" }).click();
  await page.getByText("Restored from version 1").waitFor();
  await page.getByRole("button", { name: "Show version 3" }).click();
  await shows(pane.locator("iframe"), BAR);
  const stored = await (await page.request.get(`${base}/api/v1/documents/${document_id}`)).json();
  assert.equal(stored.file.name, "Offer 2026.pdf");
  assert.equal(stored.version, 3);
});

await test("a page is never shown, and does not run when it is opened", async () => {
  const evil = Buffer.from("<!DOCTYPE html><script>document.title='ran'</script>");
  const let_go = await drop("main, body", "evil.html", evil);
  await page.getByText("Drop the file to add a new version").waitFor();
  await let_go();
  await pane.getByText("No preview of this kind of file").waitFor();
  await shot("no_preview");
  if (!real) return;
  const answer = await page.request.get(`${base}/api/v1/documents/${document_id}/files/file`);
  assert.match(answer.headers()["content-disposition"], /^attachment/);
  assert.equal(answer.headers()["content-type"], "application/octet-stream");
});

await test("the field's editor replaces and removes", async () => {
  await page.getByRole("button", { name: "Edit File" }).press("Enter");
  const editor = page.getByRole("group", { name: "File" });
  await editor.getByText("evil.html").waitFor();
  await shot("editor");
  await check_axe("editor");
  await editor.locator("input[type=file]").setInputFiles({
    name: "Letter.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("Kære kunde\n"),
  });
  await pane.locator("pre").getByText("Kære kunde").waitFor();
  await page.getByRole("button", { name: "Edit File" }).press("Enter");
  await editor.getByRole("button", { name: "Remove" }).click();
  await page.getByText("Drop a file here").first().waitFor();
  await shot("empty");
});

await test("too large is said before, and a refusal after", async () => {
  await page.getByRole("button", { name: "Edit File" }).press("Enter");
  const input = page.getByRole("group", { name: "File" }).locator("input[type=file]");
  await page.route("**/api/v1/files?*", (route) =>
    route.fulfill({
      status: 413,
      contentType: "application/problem+json",
      body: JSON.stringify({ status: 413, code: "net/too_large", call: "c0ffee" }),
    }),
  );
  await input.setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("a") });
  await page.getByRole("alert").getByText("That is too large.").waitFor();
  await input.setInputFiles({ name: "b.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) });
  await page.getByRole("alert").getByText("The file is empty.").waitFor();
  await shot("refused");
  await page.unroute("**/api/v1/files?*");
  await page.keyboard.press("Escape");
});

await test("an upload can be cancelled", async () => {
  let let_on;
  await page.route("**/api/v1/files?*", (route) => {
    let_on = () => route.abort();
  });
  const let_go = await drop("main, body", "slow.txt", Buffer.from("slow"));
  await page.getByText("Drop the file here").waitFor();
  await let_go();
  await page.getByRole("region", { name: "Uploads" }).getByText("slow.txt").waitFor();
  await shot("uploading");
  await page.getByRole("button", { name: "Cancel slow.txt" }).click();
  // Those that are done stay in the tray for a while.
  await page.getByRole("button", { name: "Cancel slow.txt" }).waitFor({ state: "hidden" });
  let_on?.();
  await page.unroute("**/api/v1/files?*");
  const stored = await (await page.request.get(`${base}/api/v1/documents/${document_id}`)).json();
  assert.equal(stored.file, null);
});

await test("the pictures of a phone and of the dark", async () => {
  await page.request.post(
    `${base}/api/v1/documents/${document_id}/files/file/versions/3/restoration`,
    { headers },
  );
  for (const [language, scheme, width, height] of [
    ["da", "dark", 1440, 900],
    ["da", "light", 390, 844],
    ["en", "dark", 390, 844],
  ]) {
    await page.request.patch(`${base}/api/v1/me`, { headers, data: { language } });
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height });
    await page.goto(`${base}/documents/${document_id}`, { waitUntil: "networkidle" });
    await pane.or(page.locator("iframe")).first().waitFor();
    await page.waitForTimeout(1200);
    await page.screenshot({
      path: `${shots}/files_document_${language}_${scheme}_${width}.png`,
      fullPage: false,
    });
    await check_axe(`document ${language} ${scheme} ${width}`);
    if (width !== 390) continue;
    await page.locator("ol[aria-label]").last().scrollIntoViewIfNeeded();
    await page.waitForTimeout(400);
    await shot(`versions_${language}_${scheme}_${width}`);
  }
});

await browser.close();
mock?.kill();
console.log(failures ? `${failures} failures` : "files pass");
process.exit(failures ? 1 : 0);
