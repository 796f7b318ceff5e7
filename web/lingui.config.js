// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from "@lingui/conf";
import { formatter } from "@lingui/format-po";
import { createSwcExtractor } from "@lingui/native-tools";
import { catalogues } from "./catalogues.ts";

export default defineConfig({
  sourceLocale: "en",
  locales: ["en", "da", "nb", "sv", "de"],
  fallbackLocales: { default: "en" },
  format: formatter({ origins: false }),
  extractors: [createSwcExtractor()],
  catalogs: catalogues(),
});
