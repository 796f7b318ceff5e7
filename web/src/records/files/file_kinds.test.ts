// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { set_format_locale } from "../../base/format";
import { preview_kind, size_text, title_of } from "./file_kinds";

test("sizes are short and in the user's numbers", () => {
  set_format_locale("da", "Europe/Copenhagen");
  expect(size_text(0)).toBe("0 B");
  expect(size_text(999)).toBe("999 B");
  expect(size_text(1500)).toBe("1,5 kB");
  expect(size_text(268_435_456)).toBe("268 MB");
  set_format_locale("en", "UTC");
  expect(size_text(2_400_000)).toBe("2.4 MB");
});

test("only what cannot run is shown", () => {
  expect(preview_kind("application/pdf")).toBe("pdf");
  expect(preview_kind("image/png")).toBe("image");
  expect(preview_kind("image/svg+xml")).toBe("none");
  expect(preview_kind("text/html")).toBe("none");
  expect(preview_kind("application/octet-stream")).toBe("none");
});

test("a document is named after its file", () => {
  expect(title_of("Offer 2026.final.pdf")).toBe("Offer 2026.final");
  expect(title_of(".env")).toBe(".env");
  expect(title_of("README")).toBe("README");
});
