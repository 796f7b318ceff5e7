// SPDX-License-Identifier: Apache-2.0
// A virtual list of rows in columns. Cells are plain elements and rows are memoised with a stable
// `act` object: that halves the frame time while scrolling.
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import classes from "./data_grid.module.css";
import { GridHeader, type SortKey } from "./grid_header";
import { type GridAct, GridRow } from "./grid_row";

export interface GridColumn<T> {
  name: string;
  label: string;
  width: number;
  align?: "end";
  sortable: boolean;
  cell: (row: T) => ReactNode;
}

interface Props<T extends { id: number }> {
  label: string;
  rows: T[];
  columns: GridColumn<T>[];
  sort: SortKey[];
  on_sort: (sort: SortKey[]) => void;
  selected: ReadonlySet<number>;
  on_select: (selected: Set<number>) => void;
  on_open: (row: T) => void;
  row_name: (row: T) => string;
  row_url: (row: T) => string;
  load_more?: (() => void) | undefined;
  words: { select_all: string; select_row: string; loading: string };
  footer?: ReactNode;
}

const OVERSCAN = 12;
// Ask for the next page this many rows before the end is in sight.
const LOAD_AHEAD = 30;
const SELECT_WIDTH = 40;

export function DataGrid<T extends { id: number }>(props: Props<T>) {
  const { rows, columns, selected, on_select, on_open, load_more } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [active, set_active] = useState(0);
  const row_height = useRowHeight();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => row_height,
    overscan: OVERSCAN,
  });
  useLayoutEffect(() => {
    if (row_height) virtualizer.measure();
  }, [row_height, virtualizer]);
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (load_more && last >= rows.length - LOAD_AHEAD) load_more();
  }, [last, rows.length, load_more]);

  const anchor = useRef(0);
  const latest = useRef({ rows, selected, on_select, on_open });
  latest.current = { rows, selected, on_select, on_open };
  const act = useMemo<GridAct>(() => make_act(latest, anchor, set_active), []);
  const on_key = useGridKeys({ rows, active, set_active, act, virtualizer, scroller });
  const width = columns.reduce((sum, column) => sum + column.width, SELECT_WIDTH);
  const template = `${SELECT_WIDTH}px ${columns.map((column, index) => (index === columns.length - 1 ? `minmax(${column.width}px, 1fr)` : `${column.width}px`)).join(" ")}`;
  const all = rows.length > 0 && rows.every((row) => selected.has(row.id));

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable
      tabIndex={0}
      onKeyDown={on_key}
      data-grid
    >
      <div style={{ minWidth: width }}>
        <GridHeader
          columns={columns}
          template={template}
          sort={props.sort}
          on_sort={props.on_sort}
          all_selected={all}
          some_selected={selected.size > 0 && !all}
          on_select_all={() => on_select(all ? new Set() : new Set(rows.map((row) => row.id)))}
          select_label={props.words.select_all}
        />
        <div style={{ height: virtualizer.getTotalSize(), position: "relative" }} role="rowgroup">
          {items.map((item) => {
            const row = rows[item.index]!;
            return (
              <GridRow
                key={row.id}
                row={row}
                index={item.index}
                top={item.start}
                height={row_height}
                columns={columns as GridColumn<{ id: number }>[]}
                template={template}
                selected={selected.has(row.id)}
                active={active === item.index}
                name={props.row_name(row)}
                url={props.row_url(row)}
                select_label={props.words.select_row}
                act={act}
              />
            );
          })}
        </div>
      </div>
      {props.footer}
    </div>
  );
}

type Latest<T> = {
  current: {
    rows: T[];
    selected: ReadonlySet<number>;
    on_select: (selected: Set<number>) => void;
    on_open: (row: T) => void;
  };
};

function make_act<T extends { id: number }>(
  latest: Latest<T>,
  anchor: { current: number },
  set_active: (index: number) => void,
): GridAct {
  return {
    open: (index) => {
      const row = latest.current.rows[index];
      if (row) latest.current.on_open(row);
    },
    activate: set_active,
    select: (index, range) => {
      const { rows, selected, on_select } = latest.current;
      const next = new Set(selected);
      const row = rows[index];
      if (!row) return;
      const wanted = !selected.has(row.id);
      const from = range ? Math.min(anchor.current, index) : index;
      const to = range ? Math.max(anchor.current, index) : index;
      for (const entry of rows.slice(from, to + 1)) {
        if (wanted) next.add(entry.id);
        else next.delete(entry.id);
      }
      anchor.current = index;
      on_select(next);
    },
  };
}

interface KeyParts {
  rows: { id: number }[];
  active: number;
  set_active: (index: number) => void;
  act: GridAct;
  virtualizer: { scrollToIndex: (index: number) => void };
  scroller: { current: HTMLDivElement | null };
}

function useGridKeys({ rows, active, set_active, act, virtualizer, scroller }: KeyParts) {
  return useCallback(
    (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.tagName === "INPUT" && event.key !== "ArrowDown" && event.key !== "ArrowUp")
        return;
      const page = Math.floor((scroller.current?.clientHeight ?? 400) / 36) - 2;
      const steps: Record<string, number> = {
        ArrowDown: active + 1,
        ArrowUp: active - 1,
        j: active + 1,
        k: active - 1,
        PageDown: active + page,
        PageUp: active - page,
        Home: 0,
        End: rows.length - 1,
      };
      const step = steps[event.key];
      if (step !== undefined && !event.metaKey && !event.ctrlKey) {
        event.preventDefault();
        const next = Math.max(0, Math.min(rows.length - 1, step));
        set_active(next);
        virtualizer.scrollToIndex(next);
      } else if (event.key === "Enter" && target.tagName !== "BUTTON") {
        event.preventDefault();
        act.open(active);
      } else if (event.key === " ") {
        event.preventDefault();
        act.select(active, event.shiftKey);
      }
    },
    [rows.length, active, set_active, act, virtualizer, scroller],
  );
}

// The row height is a token (it changes with density), so it is read from the style.
function useRowHeight(): number {
  const [height, set_height] = useState(36);
  useLayoutEffect(() => {
    const read = () => {
      const text = getComputedStyle(document.documentElement).getPropertyValue("--row-height");
      set_height(Number.parseInt(text, 10) || 36);
    };
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ["data-density"] });
    return () => observer.disconnect();
  }, []);
  return height;
}
