// SPDX-License-Identifier: Apache-2.0
// Fails when a complete language lacks a message, when a translation lost a placeholder, or when
// two catalogues say the same differently: the one fetched last would change the words on screen.
import { existsSync, readFileSync } from "node:fs";
import { catalogues } from "../catalogues.ts";

const COMPLETE = ["da", "nb", "sv", "de"];
const ENTRY = /((?:msgctxt "[^\n]*"\n)?)msgid ((?:"[^\n]*"\n)+)msgstr ((?:"[^\n]*"\n?)+)/g;
const text_of = (lines) => [...lines.matchAll(/"(.*)"/g)].map((match) => match[1]).join("");
const slots_of = (text) =>
  [...text.matchAll(/\{\w+/g)]
    .map((match) => match[0])
    .sort()
    .join();

let faults = 0;
function fault(file, problem) {
  faults += 1;
  console.error(`${file}: ${problem}`);
}

function check_entry(file, id, text, other) {
  if (!text) fault(file, `not translated: ${id}`);
  else if (slots_of(id) !== slots_of(text)) fault(file, `placeholders differ: ${id}`);
  else if (other !== undefined && other !== text) fault(file, `another catalogue differs: ${id}`);
}

for (const language of COMPLETE) {
  const known = new Map();
  for (const { path } of catalogues()) {
    const file = `${path.replace("{locale}", language)}.po`;
    const place = new URL(`../${file}`, import.meta.url);
    if (!existsSync(place)) {
      fault(file, "is missing: npm run extract");
      continue;
    }
    for (const [, context, id_lines, text_lines] of readFileSync(place, "utf8").matchAll(ENTRY)) {
      const id = text_of(id_lines);
      if (!id) continue;
      check_entry(file, id, text_of(text_lines), known.get(context + id));
      known.set(context + id, text_of(text_lines));
    }
  }
  console.log(`${language}: ${known.size} messages`);
}
process.exit(faults ? 1 : 0);
