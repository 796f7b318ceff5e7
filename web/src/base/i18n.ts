// SPDX-License-Identifier: Apache-2.0
import { i18n } from "@lingui/core";
import { store, stored } from "./stored";

export const LANGUAGES = [
  { code: "da", name: "Dansk" },
  { code: "en", name: "English" },
  { code: "nb", name: "Norsk bokmål" },
  { code: "sv", name: "Svenska" },
  { code: "de", name: "Deutsch" },
] as const;

const catalogs: Record<string, () => Promise<{ messages: Record<string, unknown> }>> = {
  da: () => import("../locales/da.po"),
  en: () => import("../locales/en.po"),
  nb: () => import("../locales/nb.po"),
  sv: () => import("../locales/sv.po"),
  de: () => import("../locales/de.po"),
};

type Labels = Record<string, string>;

export function first_language(): string {
  const wanted = [stored("language"), ...navigator.languages];
  for (const entry of wanted) {
    const code = (entry ?? "")
      .slice(0, 2)
      .toLowerCase()
      .replace(/^n[on]$/, "nb");
    if (code in catalogs) return code;
  }
  return "en";
}

export async function activate_language(code: string): Promise<void> {
  const known = code in catalogs ? code : "en";
  const { messages } = await catalogs[known]!();
  i18n.loadAndActivate({ locale: known, messages: messages as never });
  document.documentElement.lang = known;
  store("language", known);
}

// Labels from the dictionary: the user's language, then English, then whatever there is.
export function label_text(labels: Labels | undefined, language: string, fallback = ""): string {
  if (!labels) return fallback;
  return labels[language] || labels.en || Object.values(labels)[0] || fallback;
}
