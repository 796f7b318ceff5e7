// SPDX-License-Identifier: Apache-2.0
// Writes the catalogues anew from the sources. A message that moved to another catalogue, or that
// another one has too, keeps its translation.
import { execFileSync } from "node:child_process";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";

const ENTRY = /((?:msgctxt "[^\n]*"\n)?msgid (?:"[^\n]*"\n)+)msgstr ((?:"[^\n]*"\n?)+)/g;
const LINGUI = "node_modules/@lingui/cli/dist/lingui.js";

const known = new Map<string, string>();
const files = () => globSync("src/**/locales/*.po");

for (const file of files()) {
  for (const [, id, text] of readFileSync(file, "utf8").matchAll(ENTRY)) {
    if (text!.trim() !== '""') known.set(basename(file) + id, text!);
  }
}
execFileSync(process.execPath, [LINGUI, "extract", "--clean", "--workers", "1"], {
  stdio: "inherit",
});
for (const file of files()) {
  const before = readFileSync(file, "utf8");
  const after = before.replace(ENTRY, (entry, id: string, text: string) =>
    text.trim() === '""' ? `${id}msgstr ${known.get(basename(file) + id) ?? text}` : entry,
  );
  if (after !== before) writeFileSync(file, after);
}
