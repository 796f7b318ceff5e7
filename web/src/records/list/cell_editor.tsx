// SPDX-License-Identifier: Apache-2.0
// The input in a cell of the grid. Enter saves and goes down, Tab goes on to the next cell, Esc
// takes it back.
import { useLingui } from "@lingui/react/macro";
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { FieldMeta, Row } from "../../api/types";
import type { EditEnd } from "../../kit/data_grid/grid_types";
import { useDictionary } from "../dictionary";
import { FieldInput } from "../fields/field";
import { same_value } from "../fields/field_parts";
import type { SaveCell } from "./use_cell_edits";

interface Props {
  row: Row;
  field: FieldMeta;
  typed: string | null;
  // Enter or Tab that came while the input was being loaded.
  ending: EditEnd | null;
  // What was refused before, to be put right.
  refused: { value: unknown; why: string } | undefined;
  save: SaveCell;
  end: (how: EditEnd) => void;
}

export default function CellEditor({ row, field, typed, ending, refused, save, end }: Props) {
  const { t } = useLingui();
  const { text } = useDictionary();
  const [draft, set_draft] = useState<unknown>(() => typed ?? refused?.value ?? row[field.name]);
  // Letters that came while the input was being loaded.
  useEffect(() => {
    if (typed !== null) set_draft(typed);
  }, [typed]);
  // A live update may replace the row while one types; the edit belongs to what was seen then.
  const [seen] = useState(row);
  const frame = useRef<HTMLSpanElement>(null);
  const over = useRef(false);
  useFocus(frame);
  const finish = (how: EditEnd, value?: unknown) => {
    if (over.current) return;
    over.current = true;
    if (value !== undefined && !same_value(value, seen[field.name])) save(seen, field, value);
    end(how);
  };
  // null empties the field; undefined would mean that nothing was said.
  const given = (value: unknown) => value ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with what was typed until then
  useEffect(() => {
    if (ending) finish(ending, given(typed ?? draft));
  }, [ending]);
  const on_key = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      finish("stay");
    } else if (event.key === "Enter" && !event.defaultPrevented) {
      event.preventDefault();
      finish("down", given(draft));
    } else if (event.key === "Tab") {
      event.preventDefault();
      finish(event.shiftKey ? "previous" : "next", given(draft));
    }
  };
  const on_blur = (event: FocusEvent) => {
    const next = event.relatedTarget as HTMLElement | null;
    // Pickers open outside of the cell; going there is not leaving.
    if (!next || frame.current?.contains(next) || next.closest("[data-portal]")) return;
    finish("stay", given(draft));
  };
  const label = text(field.label, field.name);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for keys of the input inside
    <span ref={frame} onKeyDown={on_key} onBlur={on_blur} title={t`Enter saves, Esc cancels`}>
      <FieldInput
        field={{ ...field, name: label }}
        value={draft}
        autofocus
        error={refused?.why}
        on_change={set_draft}
        on_done={(value) => finish("stay", given(value))}
      />
    </span>
  );
}

// The input of a kind is loaded when it is first needed, and takes the focus when it is there.
function useFocus(frame: React.RefObject<HTMLSpanElement | null>) {
  useEffect(() => {
    const focus = () => {
      const input = frame.current?.querySelector<HTMLElement>("input,textarea,button");
      if (!input) return false;
      if (!frame.current?.contains(document.activeElement)) input.focus();
      return true;
    };
    if (focus() || !frame.current) return;
    const observer = new MutationObserver(() => focus() && observer.disconnect());
    observer.observe(frame.current, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [frame]);
}
