// SPDX-License-Identifier: Apache-2.0
import { i18n, type Messages } from "@lingui/core";
import { store, stored } from "./stored";

export const LANGUAGES = [
  { code: "da", name: "Dansk" },
  { code: "en", name: "English" },
  { code: "nb", name: "Norsk bokmål" },
  { code: "sv", name: "Svenska" },
  { code: "de", name: "Deutsch" },
] as const;

interface Words {
  messages: Messages;
}
interface Language extends Words {
  // What is said by code that comes late, by the place of its catalogue.
  parts: Record<string, () => Promise<Words>>;
}

const languages: Record<string, () => Promise<Language>> = {
  da: () => import("../locales/da"),
  en: () => import("../locales/en"),
  nb: () => import("../locales/nb"),
  sv: () => import("../locales/sv"),
  de: () => import("../locales/de"),
};

// Catalogues that were asked for ("features/diary"): a new language brings them along.
const asked = new Set<string>();
let activations = 0;

type Labels = Record<string, string>;

export function first_language(): string {
  const wanted = [stored("language"), ...navigator.languages];
  for (const entry of wanted) {
    const code = (entry ?? "")
      .slice(0, 2)
      .toLowerCase()
      .replace(/^n[on]$/, "nb");
    if (code in languages) return code;
  }
  return "en";
}

async function part_words(language: Language, code: string, names: Iterable<string>) {
  const wanted = [...names].map((name) => language.parts[`../${name}/locales/${code}.po`]?.());
  const found = await Promise.all(wanted);
  return Object.assign({}, ...found.map((words) => words?.messages)) as Messages;
}

// The last language asked for wins, whichever comes first.
export async function activate_language(code: string): Promise<void> {
  const known = code in languages ? code : "en";
  activations += 1;
  const activation = activations;
  const language = await languages[known]!();
  let words: Messages;
  let count: number;
  do {
    count = asked.size;
    words = await part_words(language, known, asked);
  } while (asked.size > count);
  if (activation !== activations) return;
  i18n.loadAndActivate({ locale: known, messages: { ...language.messages, ...words } });
  document.documentElement.lang = known;
  store("language", known);
}

// A part of the program together with what it says; the build calls this (catalogues.ts). It fails
// when either cannot be fetched, and may be asked again.
export async function with_words<T>(names: string[], part: Promise<T>): Promise<T> {
  for (const name of names) asked.add(name);
  const code = i18n.locale;
  const add_words = async () => {
    const words = await part_words(await languages[code]!(), code, names);
    // Not i18n.load: nothing that is on the screen says these words, and all would be drawn anew.
    if (i18n.locale === code) Object.assign(i18n.messages, words);
  };
  const [loaded] = await Promise.all([part, add_words()]);
  return loaded;
}

// Labels from the dictionary: the user's language, then English, then whatever there is.
export function label_text(labels: Labels | undefined, language: string, fallback = ""): string {
  if (!labels) return fallback;
  return labels[language] || labels.en || Object.values(labels)[0] || fallback;
}
