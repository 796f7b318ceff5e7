// SPDX-License-Identifier: Apache-2.0
// Columns as the address has them: name:300,category,company.country
export interface ListColumn {
  path: string;
  width?: number | undefined;
}

export function columns_text(columns: ListColumn[]): string {
  return columns.map(({ path, width }) => (width ? `${path}:${width}` : path)).join(",");
}

export function parse_columns(text: string): { path: string; width?: number }[] {
  return text
    .split(",")
    .filter(Boolean)
    .map((part) => {
      const [path = "", width] = part.split(":");
      return Number(width) > 0 ? { path, width: Number(width) } : { path };
    });
}
