// SPDX-License-Identifier: Apache-2.0
const FORMULA = /^[=+\-@\t\r]/;

// A cell that a spreadsheet would take for a formula gets an apostrophe: names come from outside.
function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// With a byte order mark, so that a spreadsheet reads æøå.
export function csv_text(rows: string[][]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
