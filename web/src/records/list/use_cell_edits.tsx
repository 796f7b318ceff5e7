// SPDX-License-Identifier: Apache-2.0
// Saves cells against the version that was on the screen, shows in each cell what became of it, and
// asks when somebody else changed the same value.
import { lazy, useCallback, useRef, useState } from "react";
import { ApiError, api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { FieldMeta, Row, TypeMeta } from "../../api/types";
import type { CellMark, CellMarks } from "../../kit/data_grid/grid_types";
import { field_errors } from "../error_text";
import { same_value, to_wire } from "../fields/field_parts";
import { useErrorText, useTranslate } from "../use_translate";

const ConflictDialog = lazy(() => import("../page/conflict_dialog"));

export type SaveCell = (seen: Row, field: FieldMeta, value: unknown, version?: number) => void;

interface Conflict {
  seen: Row;
  field: FieldMeta;
  mine: unknown;
  theirs: Row;
}

const SAVED_SHOWN_MS = 1_600;
type Marks = ReadonlyMap<number, CellMarks>;
type Patch = (id: number, values: Partial<Row>) => void;

export function useCellEdits(type: TypeMeta, patch: Patch) {
  const translate = useTranslate();
  const error_text = useErrorText();
  const [marks, set_marks] = useState<Marks>(new Map());
  const [conflict, set_conflict] = useState<Conflict | null>(null);
  const refused = useRef(new Map<string, unknown>());
  // Versions that this page has made since the row was read: the next edit of the row is not late.
  const versions = useRef(new Map<number, number>());

  const mark = useCallback((id: number, name: string, state: CellMark | null) => {
    set_marks((old) => {
      const { [name]: _, ...rest } = old.get(id) ?? {};
      const next = new Map(old);
      if (state) next.set(id, { ...rest, [name]: state });
      else if (Object.keys(rest).length) next.set(id, rest);
      else next.delete(id);
      return next;
    });
  }, []);

  const take = useCallback(
    (next: Row, field: FieldMeta) => {
      versions.current.set(next.id, next.version);
      query_client.setQueryData(["record", type.plural, next.id], next);
      patch(next.id, next);
      mark(next.id, field.name, { state: "saved" });
      setTimeout(() => mark(next.id, field.name, null), SAVED_SHOWN_MS);
    },
    [type.plural, patch, mark],
  );

  const save: SaveCell = useCallback(
    async (seen, field, value, version) => {
      const { id } = seen;
      const key = `${id}/${field.name}`;
      refused.current.delete(key);
      patch(id, { [field.name]: value });
      mark(id, field.name, { state: "saving" });
      const known = version ?? Math.max(seen.version, versions.current.get(id) ?? 0);
      try {
        const body = { [field.name]: to_wire(value) };
        take(await api.patch<Row>(`/${type.plural}/${id}`, body, known), field);
      } catch (error) {
        const theirs = await conflicting(type, error, id);
        // Somebody changed other fields: that is no conflict for this one.
        if (theirs && same_value(theirs[field.name], seen[field.name]))
          return save(seen, field, value, theirs.version);
        patch(id, { [field.name]: theirs ? theirs[field.name] : seen[field.name] });
        if (theirs) {
          mark(id, field.name, null);
          return set_conflict({ seen, field, mine: value, theirs });
        }
        refused.current.set(key, value);
        const why = field_errors(error, translate)[field.name] ?? error_text(error);
        mark(id, field.name, { state: "refused", why });
      }
    },
    [type, patch, mark, take, translate, error_text],
  );

  const dialog = conflict && (
    <ConflictDialog
      type={type}
      field={conflict.field}
      mine={conflict.mine}
      theirs={conflict.theirs}
      keep_mine={() => {
        set_conflict(null);
        save(conflict.seen, conflict.field, conflict.mine, conflict.theirs.version);
      }}
      take_theirs={() => {
        set_conflict(null);
        take(conflict.theirs, conflict.field);
      }}
    />
  );
  return {
    save,
    dialog,
    marks_of: (id: number) => marks.get(id),
    refused_of: (id: number, name: string) => {
      const state = marks.get(id)?.[name];
      if (state?.state !== "refused") return undefined;
      return { value: refused.current.get(`${id}/${name}`), why: state.why };
    },
  };
}

// The record as it is now, when a save was late; nothing when it was refused for another reason.
async function conflicting(type: TypeMeta, error: unknown, id: number): Promise<Row | null> {
  if (!(error instanceof ApiError) || error.status !== 412) return null;
  const current = error.body.current as Row | undefined;
  return current ?? api.get<Row>(`/${type.plural}/${id}`).catch(() => null);
}
