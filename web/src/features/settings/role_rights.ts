// SPDX-License-Identifier: Apache-2.0
// What a role's definition gives. The row of a type stands alone: what it does not name is not
// allowed, and "*" answers only for types without a row. So a row begins as a copy of "*".
import type { Role, TypeRight } from "../../api/types";

export type Definition = Role["definition"];
export type TypeRights = Record<string, string[]>;

export const EVERY_TYPE = "*";
export const ACTIONS: TypeRight[] = ["read", "create", "update", "archive", "export"];
export const FUNCTIONS = [
  "administer",
  "import",
  "bulk_edit",
  "read_access_log",
  "reveal_masked",
  "operate",
];
// Those that are masked for whoever has them not. A definition keeps its other classes.
export const CLASSES = ["contact", "special", "national_id"];

const NEAR = ["mine", "primary_group", "other_groups", "all"];

// The widest circle of a cell; the server reads "all" as including the nearer ones.
export function widest(circles: string[] | undefined): string {
  return [...NEAR].reverse().find((name) => circles?.includes(name)) ?? "";
}

export function circles_up_to(name: string): string[] {
  if (!name) return [];
  return name === "all" ? ["all"] : NEAR.slice(0, NEAR.indexOf(name) + 1);
}

export function has_own_row(definition: Definition, type: string): boolean {
  return type === EVERY_TYPE || definition.types[type] !== undefined;
}

export function rights_of(definition: Definition, type: string): TypeRights {
  return definition.types[type] ?? definition.types[EVERY_TYPE] ?? {};
}

export function with_right(
  definition: Definition,
  type: string,
  action: string,
  circle: string,
): Definition {
  const row = { ...rights_of(definition, type), [action]: circles_up_to(circle) };
  return { ...definition, types: { ...definition.types, [type]: row } };
}

export function without_row(definition: Definition, type: string): Definition {
  const { [type]: _, ...types } = definition.types;
  return { ...definition, types };
}

// Rights add up, as on the server: what one role allows, another cannot take away.
export function add_up(definitions: Definition[]): Definition {
  const named = new Set(definitions.flatMap((definition) => Object.keys(definition.types)));
  const row_of = (type: string): TypeRights =>
    Object.fromEntries(
      ACTIONS.map((action) => [
        action,
        unique(definitions.flatMap((definition) => rights_of(definition, type)[action] ?? [])),
      ]),
    );
  return {
    types: Object.fromEntries([...named].map((type) => [type, row_of(type)])),
    functions: unique(definitions.flatMap((definition) => definition.functions ?? [])),
    field_classes: unique(definitions.flatMap((definition) => definition.field_classes ?? [])),
  };
}

const unique = (words: string[]): string[] => [...new Set(words)];
