// SPDX-License-Identifier: Apache-2.0
// Which catalogue of translations holds the messages of a file. What the first screens import is
// spoken from src/locales; any other file from the locales of its folder, which the browser fetches
// together with the code, as it does with a style sheet.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import type { Plugin } from "vite";

const ROOT = import.meta.dirname;
// Besides the entry: the page, and what it fetches by itself while it is being shown. The charts of
// a dashboard come after its tiles, which show their names and a skeleton meanwhile.
export const SCREENS: Record<string, string[]> = {
  list: ["records/list/list_page"],
  record: ["records/page/record_page", "records/page/timeline_tab"],
  dashboard: ["features/dashboards/dashboards_page"],
};
// Shown at once where they are shown at all: on a phone, or before there is a session.
const AT_ONCE = [
  "app/main",
  "app/bottom_bar",
  "features/sign_in/sign_in_page",
  "features/sign_in/setup_page",
  "features/sign_in/password_page",
];
const STATIC_IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^;"]*?\sfrom\s+)?"(\.[^"]+)"/gm;
const LATE_IMPORT = /(?<!typeof )\bimport\(\s*"(\.[^"]+)"\s*,?\s*\)/g;
const SAYS_SOMETHING = /"@lingui\/(?:core|react)\/macro"/;

// What was read once; the imports of a page are walked for each import of that page.
const texts = new Map<string, string>();
function text_of(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(join(ROOT, file), "utf8");
  texts.set(file, text);
  return text;
}

// The source file that an import means, from the root of the web UI; none for a style sheet.
function imported_file(from: string, path: string): string | undefined {
  const bare = posix.join(posix.dirname(from), path);
  return [bare, `${bare}.ts`, `${bare}.tsx`].find(
    (file) => /\.tsx?$/.test(file) && existsSync(join(ROOT, file)),
  );
}

function with_imports(files: string[]): Set<string> {
  const found = new Set(files);
  // A set may grow while it is walked.
  for (const file of found) {
    for (const [, path] of text_of(file).matchAll(STATIC_IMPORT)) {
      const other = imported_file(file, path!);
      if (other) found.add(other);
    }
  }
  return found;
}

// Files whose messages the first screens need.
export function first_files(): Set<string> {
  const roots = [...AT_ONCE, ...Object.values(SCREENS).flat()].map((name) => {
    const file = imported_file("src/app/routes.tsx", `../${name}`);
    if (!file) throw new Error(`catalogues: there is no src/${name}`);
    return file;
  });
  return with_imports(roots);
}

// "features/diary" or "records": where the catalogue of a file that comes late lies, below src.
const part_of = (file: string) => /^src\/(features\/\w+|\w+)\//.exec(file)?.[1] ?? "";

function source_files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .map((name) => posix.join(folder, name))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .filter((file) => statSync(join(ROOT, file)).isFile());
}

// As lingui.config wants them.
export function catalogues(): { path: string; include: string[] }[] {
  const first = first_files();
  const late = source_files("src").filter(
    (file) => !first.has(file) && SAYS_SOMETHING.test(text_of(file)),
  );
  const parts = [...new Set(late.map(part_of))].sort();
  return [
    { path: "src/locales/{locale}", include: [...first].sort() },
    ...parts.map((part) => ({
      path: `src/${part}/locales/{locale}`,
      include: late.filter((file) => part_of(file) === part).sort(),
    })),
  ];
}

// The catalogues that a file fetched late needs and that the file which asks for it does not have.
export function parts_needed(from: string, path: string, first: Set<string>): string[] {
  const wanted = imported_file(from, path);
  if (!wanted) return [];
  const late = [...with_imports([wanted])].filter((file) => !first.has(file));
  const parts = new Set(late.filter((file) => SAYS_SOMETHING.test(text_of(file))).map(part_of));
  if (!first.has(from) && SAYS_SOMETHING.test(text_of(from))) parts.delete(part_of(from));
  return [...parts].sort();
}

// The source of a file in which import("…") also waits for the catalogues of what it imports.
export function with_late_words(code: string, from: string, first: Set<string>): string {
  const spoken = code.replace(LATE_IMPORT, (call, path: string) => {
    const parts = parts_needed(from, path, first);
    return parts.length ? `__with_words(${JSON.stringify(parts)}, ${call})` : call;
  });
  if (spoken === code) return code;
  // Behind the last line, so that all others keep their numbers.
  const i18n = posix.relative(dirname(from), "src/base/i18n");
  const place = i18n.startsWith(".") ? i18n : `./${i18n}`;
  return `${spoken}\nimport { with_words as __with_words } from "${place}";\n`;
}

// So that nobody has to think of it.
export function late_words(): Plugin {
  let first = new Set<string>();
  const look = () => {
    texts.clear();
    first = first_files();
  };
  return {
    name: "late_words",
    enforce: "pre",
    buildStart: look,
    watchChange: look,
    transform: {
      filter: { id: /\/src\/.*\.tsx?$/, code: /\bimport\(/ },
      handler(code, id) {
        const from = relative(ROOT, id).replaceAll("\\", "/");
        const spoken = with_late_words(code, from, first);
        if (spoken !== code) return { code: spoken, map: null };
      },
    },
  };
}
