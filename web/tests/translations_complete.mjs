// SPDX-License-Identifier: Apache-2.0
// Fails when a complete language lacks a message, or when a translation lost a placeholder.
import { readFileSync } from "node:fs";

const COMPLETE = ["da", "nb", "sv", "de"];
const ENTRY = /msgid ((?:"[^\n]*"\n)+)msgstr ((?:"[^\n]*"\n?)+)/g;
const text_of = (lines) => [...lines.matchAll(/"(.*)"/g)].map((match) => match[1]).join("");
const slots_of = (text) =>
  [...text.matchAll(/\{\w+/g)]
    .map((match) => match[0])
    .sort()
    .join();

let faults = 0;
for (const language of COMPLETE) {
  const catalog = readFileSync(new URL(`../src/locales/${language}.po`, import.meta.url), "utf8");
  let count = 0;
  for (const [, id_lines, text_lines] of catalog.matchAll(ENTRY)) {
    const id = text_of(id_lines);
    const text = text_of(text_lines);
    if (!id) continue;
    count += 1;
    if (text && slots_of(id) === slots_of(text)) continue;
    faults += 1;
    console.error(`${language}: ${text ? "placeholders differ" : "not translated"}: ${id}`);
  }
  console.log(`${language}: ${count} messages`);
}
process.exit(faults ? 1 : 0);
