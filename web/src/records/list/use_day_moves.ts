// SPDX-License-Identifier: Apache-2.0
// Records that are put on another day. They are shown there before the server says yes, go back
// when it says no, and are taken back with one click afterwards.
import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, api } from "../../api/client";
import { query_client, refresh_record } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { date_text, format_locale } from "../../base/format";
import { toast_error, toast_undo } from "../../kit/toast";
import { same_value } from "../fields/field_parts";
import { useErrorText } from "../use_translate";
import { add_days, day_of, days_between, value_on } from "./calendar_days";

interface Move {
  row: Row;
  before: Partial<Row>;
  after: Partial<Row>;
  // Taking a move back offers nothing to take back.
  is_undo?: boolean;
}

export function useDayMoves(type: TypeMeta, path: string) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const { time_zone } = format_locale();
  const [moving, set_moving] = useState<Move[]>([]);
  const save = useMutation({
    mutationFn: (move: Move) => save_move(type, path, move),
    onSuccess: (next, { row, before, after, is_undo }) => {
      if (is_undo) return;
      const name = String(row.name ?? `#${row.id}`);
      const day = date_text(day_of(next[path], time_zone) ?? "");
      toast_undo(t`${name} is now on ${day}`, t`Undo`, () =>
        start({ row: next, before: after, after: before, is_undo: true }),
      );
    },
    onError: (error) => toast_error(error_text(error)),
    onSettled: async (_next, _error, { row }) => {
      refresh_record(type.plural, row.id);
      await query_client.refetchQueries({ queryKey: ["list", type.plural, "calendar"] });
      set_moving((old) => old.filter((entry) => entry.row.id !== row.id));
    },
  });
  const start = (move: Move) => {
    set_moving((old) => [...old.filter((entry) => entry.row.id !== move.row.id), move]);
    save.mutate(move);
  };
  const move = (row: Row, day: string) => {
    // What is on its way has no version yet that another move could be of.
    if (moving.some((entry) => entry.row.id === row.id)) return;
    if (day_of(row[path], time_zone) === day) return;
    start({ row, ...day_change(type, row, path, day, time_zone) });
  };
  return { moving, move };
}

// Somebody who changed other fields meanwhile is in nobody's way.
async function save_move(type: TypeMeta, path: string, { row, after }: Move): Promise<Row> {
  const save = (version: number) => api.patch<Row>(`/${type.plural}/${row.id}`, after, version);
  try {
    return await save(row.version);
  } catch (error) {
    const current = error instanceof ApiError && error.status === 412 && error.body.current;
    if (!current || !same_value((current as Row)[path], row[path])) throw error;
    return save((current as Row).version);
  }
}

// What ends a record that this date begins: it moves along, so that nothing gets longer or shorter.
export function end_of(type: TypeMeta, path: string): string | undefined {
  if (!path.startsWith("starts_")) return undefined;
  const end = type.fields.find((field) => field.name === path.replace("starts_", "ends_"));
  return end && !end.hidden && !end.read_only ? end.name : undefined;
}

export function day_change(
  type: TypeMeta,
  row: Row,
  path: string,
  day: string,
  time_zone: string,
): { before: Partial<Row>; after: Partial<Row> } {
  const before: Partial<Row> = { [path]: row[path] ?? null };
  const after: Partial<Row> = { [path]: value_on(row[path], day, time_zone) };
  const old_day = day_of(row[path], time_zone);
  const end = end_of(type, path);
  const end_day = end && day_of(row[end], time_zone);
  if (end && end_day && old_day) {
    before[end] = row[end];
    after[end] = value_on(row[end], add_days(end_day, days_between(old_day, day)), time_zone);
  }
  return { before, after };
}

// A day as it will be when the moves are done: its records, and how many more or fewer there are.
export function moved_onto(
  day: string,
  rows: Row[],
  moving: Pick<Move, "row" | "after">[],
  path: string,
  time_zone: string,
): { rows: Row[]; more: number } {
  const away = new Set(moving.map((move) => move.row.id));
  const staying = rows.filter((row) => !away.has(row.id));
  const arriving = moving
    .filter((move) => day_of(move.after[path], time_zone) === day)
    .map((move) => ({ ...move.row, ...move.after }) as Row);
  const order = (row: Row) => String(row[path] ?? "");
  const all = [...staying, ...arriving].sort((left, right) =>
    order(left) < order(right) ? -1 : order(left) > order(right) ? 1 : 0,
  );
  return { rows: all, more: all.length - rows.length };
}
