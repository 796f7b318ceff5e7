// SPDX-License-Identifier: Apache-2.0
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useEffect, useState } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { DataGrid, type EditedCell } from "./data_grid";
import { type GridSelection, NOTHING } from "./grid_selection";
import type { GridItem } from "./grid_types";

interface Record {
  id: number;
  name: string;
  city: string;
}

const records: Record[] = [1, 2, 3, 4].map((id) => ({
  id,
  name: `Name ${id}`,
  city: `City ${id}`,
}));
const words = {
  select_all: "Select all",
  select_row: "Select",
  preview: "Preview",
  expand: "Show the group",
  column_keys: "keys",
};
const saved: string[] = [];

function Editor({ row, column, typed, ending, end }: EditedCell<Record>) {
  const [draft, set_draft] = useState(typed ?? row[column as "city"]);
  useEffect(() => {
    if (!ending) return;
    saved.push(`${row.id}=${typed}`);
    end(ending);
  }, [ending, row, typed, end]);
  return (
    <input
      aria-label={column}
      ref={(input) => input?.focus()}
      value={draft}
      onChange={(event) => set_draft(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") saved.push(`${row.id}=${draft}`);
        if (event.key === "Enter") end("down");
        if (event.key === "Tab") end("next");
        if (event.key === "Escape") end("stay");
      }}
    />
  );
}

interface Options {
  items?: (GridItem<Record> | undefined)[];
  on_open?: (row: Record) => void;
  on_preview?: (row: Record | null) => void;
  on_group?: (key: string) => void;
  on_columns?: (columns: { name: string; width: number }[]) => void;
}

function Grid(options: Options) {
  const [selection, select] = useState<GridSelection>(NOTHING);
  const items = options.items ?? records.map((row) => ({ kind: "row" as const, row }));
  return (
    <>
      <DataGrid<Record>
        label="Things"
        rows={{ count: items.length, at: (index) => items[index], want: () => {}, version: 1 }}
        columns={[
          { name: "name", label: "Name", width: 200, sortable: true, cell: (row) => row.name },
          {
            name: "city",
            label: "City",
            width: 100,
            sortable: true,
            editing: "typed",
            cell: (row) => row.city,
          },
        ]}
        cards={false}
        sort={[]}
        on_sort={() => {}}
        on_columns={options.on_columns ?? (() => {})}
        selection={selection}
        on_select={select}
        loaded_ids={() => records.map((row) => row.id)}
        on_open={options.on_open ?? (() => {})}
        on_preview={options.on_preview}
        on_group={options.on_group ?? (() => {})}
        row_name={(row) => row.name}
        row_url={(row) => `/things/${row.id}`}
        editor={(cell) => <Editor {...cell} />}
        words={words}
      />
      <output>{`${selection.all ? "all but " : ""}${[...selection.ids].join(",")}`}</output>
    </>
  );
}

const grid = () => screen.getByRole("grid");
const press = (key: string, more: object = {}) => fireEvent.keyDown(grid(), { key, ...more });
const chosen = () => screen.getByRole("status").textContent;

afterEach(() => {
  cleanup();
  saved.length = 0;
});

it("opens the record with Enter on the first column, and edits with Enter elsewhere", () => {
  const on_open = vi.fn();
  render(<Grid on_open={on_open} />);
  press("ArrowDown");
  press("Enter");
  expect(on_open).toHaveBeenCalledWith(records[1]);
  press("ArrowRight");
  press("Enter");
  const input = screen.getByLabelText<HTMLInputElement>("city");
  expect(input.value).toBe("City 2");
  fireEvent.change(input, { target: { value: "Ribe" } });
  fireEvent.keyDown(input, { key: "Enter" });
  expect(saved).toEqual(["2=Ribe"]);
  expect(screen.queryByLabelText("city")).toBeNull();
});

it("begins an edit with the letters that are typed, and Esc takes it back", () => {
  render(<Grid />);
  press("ArrowRight");
  press("R");
  const input = screen.getByLabelText<HTMLInputElement>("city");
  expect(input.value).toBe("R");
  fireEvent.keyDown(input, { key: "Escape" });
  expect(saved).toEqual([]);
  expect(screen.getByText("City 1")).toBeTruthy();
});

it("keeps what is typed before the input is there, and how it ends", () => {
  render(<Grid />);
  press("ArrowRight");
  press("R");
  press("i");
  press("Enter");
  expect(saved).toEqual(["1=Ri"]);
  expect(screen.queryByLabelText("city")).toBeNull();
  press("R");
  press("Escape");
  expect(saved).toEqual(["1=Ri"]);
  expect(screen.getByText("City 2")).toBeTruthy();
});

it("goes on to the next cell that can be edited with Tab", () => {
  render(<Grid />);
  press("ArrowRight");
  press("F2");
  fireEvent.keyDown(screen.getByLabelText("city"), { key: "Tab" });
  expect(screen.getByLabelText<HTMLInputElement>("city").value).toBe("City 2");
});

it("selects with Shift Space, and further with Shift and the arrows", () => {
  render(<Grid />);
  press(" ", { shiftKey: true });
  expect(chosen()).toBe("1");
  press("ArrowDown", { shiftKey: true });
  press("ArrowDown", { shiftKey: true });
  expect(chosen()).toBe("1,2,3");
  press("a", { ctrlKey: true });
  expect(chosen()).toBe("1,2,3,4");
});

it("shows the record beside the list with Space", () => {
  const on_preview = vi.fn();
  render(<Grid on_preview={on_preview} />);
  press("ArrowDown");
  press(" ");
  expect(on_preview).toHaveBeenCalledWith(records[1]);
});

it("opens a group with Enter, and says where rows are on their way", () => {
  const on_group = vi.fn();
  const group = { kind: "group" as const, key: "a", name: "Offer", label: "Offer" };
  const head = { ...group, count: "12", open: false, sums: { city: "99" } };
  render(<Grid items={[head, undefined]} on_group={on_group} />);
  press("Enter");
  expect(on_group).toHaveBeenCalledWith("a");
  expect(screen.getByText("12")).toBeTruthy();
  expect(screen.getByText("99")).toBeTruthy();
  expect(document.querySelectorAll("[data-skeleton]")).toHaveLength(1);
});

it("moves and resizes a column from its header with the keyboard", () => {
  const on_columns = vi.fn();
  render(<Grid on_columns={on_columns} />);
  const head = screen.getByRole("button", { name: "City" });
  fireEvent.keyDown(head, { key: "ArrowLeft", altKey: true });
  const names = on_columns.mock.calls[0]?.[0].map((column: { name: string }) => column.name);
  expect(names).toEqual(["city", "name"]);
  fireEvent.keyDown(head, { key: "ArrowRight", altKey: true, shiftKey: true });
  expect(on_columns.mock.calls[1]?.[0][1].width).toBe(116);
});
