// SPDX-License-Identifier: Apache-2.0
// An answer as rows and series: what charts, tables and files are made of. Pure.
import type { Cell, ChartAnswer, Group, Key } from "./types";
import { key_text, measure_text, type Translate } from "./words";

export interface Series {
  name: string;
  // One per category, in their order; null where there is nothing.
  cells: (Cell | null)[];
  measure: number;
  is_before?: boolean;
}

export interface Shape {
  categories: string[];
  series: Series[];
}

const id_of = (key: Key | undefined) => JSON.stringify(key?.value ?? null);

function two_fields(answer: ChartAnswer, _: Translate): Shape {
  const [first, second] = answer.group_by;
  const categories = new Map<string, string>();
  const names = new Map<string, string>();
  const cells = new Map<string, Cell>();
  for (const group of answer.groups) {
    const [row, column] = [id_of(group.keys[0]), id_of(group.keys[1])];
    categories.set(row, key_text(group.keys[0], first, _));
    if (!names.has(column)) names.set(column, key_text(group.keys[1], second, _));
    cells.set(`${row} ${column}`, group.cells[0]!);
  }
  return {
    categories: [...categories.values()],
    series: [...names].map(([column, name]) => ({
      name,
      measure: 0,
      cells: [...categories.keys()].map((row) => cells.get(`${row} ${column}`) ?? null),
    })),
  };
}

export function shape_of(answer: ChartAnswer, _: Translate, others: string, before: string): Shape {
  const shape =
    answer.group_by.length > 1 ? two_fields(answer, _) : one_field(answer, _, others, before);
  return shape;
}

function one_field(answer: ChartAnswer, _: Translate, others: string, before: string): Shape {
  const rows: Group[] = [...answer.groups];
  const categories = rows.map((group) => key_text(group.keys[0], answer.group_by[0], _));
  if (answer.others) {
    rows.push({ keys: [], cells: answer.others.cells });
    categories.push(others);
  }
  const series = answer.measures.flatMap((measure, index) => {
    const name = measure_text(measure, _);
    const now: Series = {
      name,
      measure: index,
      cells: rows.map((group) => group.cells[index] ?? null),
    };
    if (!answer.comparison) return [now];
    const then: Series = {
      name: answer.measures.length > 1 ? `${name}, ${before}` : before,
      measure: index,
      cells: rows.map((group) => group.before?.[index] ?? null),
      is_before: true,
    };
    return [now, then];
  });
  return { categories, series };
}

// RFC 4180, with a mark at the start that makes spreadsheets read UTF-8. A cell that begins like a
// formula is text.
export function csv_text(rows: (string | number | null)[][]): string {
  const cell = (value: string | number | null) => {
    if (value === null) return "";
    if (typeof value === "number") return String(value);
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

export function csv_rows(shape: Shape, first: string): (string | number | null)[][] {
  return [
    [first, ...shape.series.map((one) => one.name)],
    ...shape.categories.map((name, index) => [
      name,
      ...shape.series.map((one) => one.cells[index]?.number ?? null),
    ]),
  ];
}
