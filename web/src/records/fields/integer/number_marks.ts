// SPDX-License-Identifier: Apache-2.0
// The signs between digits, as the user's language writes them.
export function number_marks(language = document.documentElement.lang || "en") {
  const parts = new Intl.NumberFormat(language).formatToParts(12345.6);
  const sign = (type: string) => parts.find((part) => part.type === type)?.value;
  return { thousandSeparator: sign("group") ?? " ", decimalSeparator: sign("decimal") ?? "." };
}
