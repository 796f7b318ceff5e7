// SPDX-License-Identifier: Apache-2.0
// Tiles that count the members of a selection and nothing else, and the place of each on the page.
import type { TypeMeta } from "../../api/types";
import type { Dictionary } from "../../records/dictionary";
import type { Definition, PlacedTile } from "./types";

const COLUMNS = 12;

// The members among the records of a type: themselves, or what is linked to them.
export function member_condition(
  dictionary: Pick<Dictionary, "type">,
  record_type: string,
  members: TypeMeta,
  selection: number,
): string | null {
  if (record_type === members.name) return `in_selection(${selection})`;
  const link = dictionary
    .type(record_type)
    ?.fields.find(
      (field) => field.kind === "link" && field.target === members.name && !field.hidden,
    );
  return link ? `${link.name}.in_selection(${selection})` : null;
}

// The same question about the members alone; null when it is about something else.
export function within_members(
  dictionary: Pick<Dictionary, "type">,
  definition: Definition | null,
  members: TypeMeta,
  selection: number,
): Definition | null {
  if (!definition?.record_type || definition.presentation === "web") return null;
  const { record_type, filter } = definition;
  const condition = member_condition(dictionary, record_type, members, selection);
  if (!condition) return null;
  return { ...definition, filter: filter ? `(${filter}) and ${condition}` : condition };
}

// In the order of reading, without the gaps of tiles that were left out.
export function packed(tiles: PlacedTile[]): PlacedTile[] {
  let x = 0;
  let y = 0;
  let height = 0;
  return tiles.map((tile) => {
    if (x + tile.w > COLUMNS) {
      x = 0;
      y += height;
      height = 0;
    }
    const placed = { ...tile, x, y };
    x += tile.w;
    height = Math.max(height, tile.h);
    return placed;
  });
}
