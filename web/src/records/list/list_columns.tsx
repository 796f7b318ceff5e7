// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "react";
import type { FieldKind, FieldMeta, Row, TypeMeta } from "../../api/types";
import type { GridColumn } from "../../kit/data_grid/data_grid";
import { Initials, SquareMark } from "../../kit/marks";
import { type Dictionary, useDictionary } from "../dictionary";
import { FieldView } from "../fields/field";
import type { ListState } from "./list_state";

const WIDTHS: Partial<Record<FieldKind, number>> = {
  integer: 110,
  decimal: 110,
  money: 140,
  boolean: 90,
  date: 120,
  instant: 160,
  choice: 150,
  phone: 150,
  country: 130,
  language: 120,
  registration_number: 130,
  user: 170,
  long_text: 280,
  address: 260,
  email: 220,
};
const NUMERIC: FieldKind[] = ["integer", "decimal", "money"];
const UNSORTABLE: FieldKind[] = ["links", "choices", "address", "long_text", "rich_text"];

const TYPED: FieldKind[] = [
  "text",
  "phone",
  "email",
  "url",
  "integer",
  "decimal",
  "registration_number",
];
const CHOSEN: FieldKind[] = [
  "money",
  "boolean",
  "date",
  "instant",
  "choice",
  "choices",
  "link",
  "user",
  "group",
  "country",
  "language",
];

// How a column is edited in the grid: only the record's own fields, and not those that need room.
function editing_of(path: string, field: FieldMeta): GridColumn<Row>["editing"] {
  if (path.includes(".") || field.read_only || field.computed) return undefined;
  if (TYPED.includes(field.kind)) return "typed";
  return CHOSEN.includes(field.kind) ? "chosen" : undefined;
}

export function value_at(row: Row, path: string): unknown {
  if (path in row) return row[path];
  return path
    .split(".")
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | null)?.[part], row);
}

export function path_label(dictionary: Dictionary, type: TypeMeta, path: string): string {
  const parts = path.split(".");
  return parts
    .map((_, index) => {
      const field = dictionary.field(type, parts.slice(0, index + 1).join("."));
      return dictionary.text(field?.label, parts[index]);
    })
    .join(" › ");
}

export function useGridColumns(type: TypeMeta, state: ListState): GridColumn<Row>[] {
  const dictionary = useDictionary();
  return useMemo(
    () =>
      state.columns.map(({ path, field, width }, index) => {
        const column: GridColumn<Row> = {
          name: path,
          label: path_label(dictionary, type, path),
          width: width ?? (index === 0 ? 260 : (WIDTHS[field.kind] ?? 180)),
          sortable: !UNSORTABLE.includes(field.kind),
          editing: editing_of(path, field),
          cell: (row) =>
            index === 0 ? (
              <FirstCell
                type={type}
                name={String(value_at(row, path) ?? row.name ?? `#${row.id}`)}
              />
            ) : (
              <FieldView field={field} value={value_at(row, path)} dense />
            ),
        };
        if (NUMERIC.includes(field.kind)) column.align = "end";
        return column;
      }),
    [type, state.columns, dictionary],
  );
}

function FirstCell({ type, name }: { type: TypeMeta; name: string }) {
  const round = type.about_person || type.name === "user";
  const marked = round || type.name === "company";
  return (
    <>
      {marked &&
        (round ? <Initials name={name} size={20} /> : <SquareMark name={name} size={20} />)}
      <span className="clip">{name}</span>
    </>
  );
}
