// SPDX-License-Identifier: Apache-2.0
import { i18n } from "@lingui/core";
import { afterEach, expect, test, vi } from "vitest";
import { catalogues, first_files, parts_needed, with_late_words } from "../../catalogues";
import { messages as diary_da } from "../features/diary/locales/da.po";
import { messages as diary_de } from "../features/diary/locales/de.po";
import { messages as base_da } from "../locales/da.po";
import { activate_language, with_words } from "./i18n";

// A catalogue is compiled when it is first imported.
vi.setConfig({ testTimeout: 60_000 });
afterEach(() => localStorage.clear());

const only_diary = Object.keys(diary_da).filter((id) => !(id in base_da));

test("what comes late is spoken when it is there, in every language from then on", async () => {
  expect(only_diary.length).toBeGreaterThan(20);
  await activate_language("da");
  expect(only_diary.some((id) => id in i18n.messages)).toBe(false);

  expect(await with_words(["features/diary"], Promise.resolve("page"))).toBe("page");
  for (const id of only_diary) expect(i18n.messages[id]).toEqual(diary_da[id]);

  await activate_language("de");
  for (const id of only_diary) expect(i18n.messages[id]).toEqual(diary_de[id]);
});

test("a part that is asked for while the language changes is spoken in the new one", async () => {
  await activate_language("da");
  const change = activate_language("de");
  const part = with_words(["features/imports"], Promise.resolve("page"));
  await Promise.all([change, part]);
  const { messages } = await import("../features/imports/locales/de.po");
  for (const id of Object.keys(messages)) expect(i18n.messages[id]).toEqual(messages[id]);
});

test("the last language that was asked for stays", async () => {
  await Promise.all([activate_language("de"), activate_language("da")]);
  expect(i18n.locale).toBe("da");
});

test("a part that cannot be fetched fails, a catalogue that is not there does not", async () => {
  await activate_language("en");
  await expect(with_words(["records"], Promise.reject(new Error("gone")))).rejects.toThrow("gone");
  expect(await with_words(["features/none"], Promise.resolve(1))).toBe(1);
});

test("the first screens speak from the first catalogue, everything else from its folder's", () => {
  const first = first_files();
  expect(first.has("src/records/list/list_page.tsx")).toBe(true);
  expect(first.has("src/features/merge/record_actions.tsx")).toBe(true);
  expect(first.has("src/features/diary/diary_page.tsx")).toBe(false);
  const files = catalogues().flatMap(({ include }) => include);
  expect(new Set(files).size).toBe(files.length);

  const routes = "src/app/routes.tsx";
  expect(parts_needed(routes, "../features/diary/diary_page", first)).toEqual([
    "features/diary",
    "records",
  ]);
  expect(parts_needed(routes, "../records/list/list_page", first)).toEqual([]);
  // What asks for it has brought the catalogue of its own folder along.
  const page = "src/features/selections/selection_page.tsx";
  expect(parts_needed(page, "./behind_tab", first)).toEqual([]);
});

test("an import that comes late waits for its words, and for none that are there", () => {
  const first = first_files();
  const speak = (code: string) => with_late_words(code, "src/app/routes.tsx", first);
  expect(speak(`lazy(() => import("../features/dav/dav_block"));`)).toBe(
    `lazy(() => __with_words(["features/dav"], import("../features/dav/dav_block")));
import { with_words as __with_words } from "../base/i18n";
`,
  );
  for (const code of [
    `import("../records/list/list_page")`,
    `type Page = typeof import("../features/dav/dav_block");`,
    `import("dayjs")`,
  ])
    expect(speak(code)).toBe(code);
});
