// SPDX-License-Identifier: Apache-2.0
import type { Meta } from "../../../api/types";

// The base currency first, then what administrators left in use.
export function currency_codes(meta: Meta, ...more: string[]): string[] {
  const listed = (meta.lists.currency ?? []).filter((item) => !item.retired);
  return [...new Set([meta.base_currency, ...more, ...listed.map((item) => item.key)])];
}
