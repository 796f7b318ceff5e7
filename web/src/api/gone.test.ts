// SPDX-License-Identifier: Apache-2.0
import { QueryClient } from "@tanstack/react-query";
import { expect, it } from "vitest";
import { forget_record, without_row } from "./gone";

const rows = (...ids: number[]) => ({ items: ids.map((id) => ({ id })), next: null });

it("takes the row out of a page and of pages, and leaves the rest as it is", () => {
  expect(without_row(rows(1, 2, 3), 2)).toEqual(rows(1, 3));
  const pages = { pages: [rows(1, 2), rows(3)], pageParams: ["", "a"] };
  expect(without_row(pages, 3)).toEqual({ pages: [rows(1, 2), rows()], pageParams: ["", "a"] });
  for (const other of [undefined, null, 7, "2", { count: 2 }, [{ id: 2 }]])
    expect(without_row(other, 2)).toBe(other);
  const without = rows(1);
  expect(without_row(without, 2)).toBe(without);
});

it("forgets what is shown of the record, and nothing of others", () => {
  const client = new QueryClient();
  const list = ["list", "companies", "/companies", {}];
  client.setQueryData(list, { pages: [rows(7, 8)], pageParams: [""] });
  client.setQueryData(["list", "persons", "/persons", {}], rows(7));
  for (const kind of ["record", "history", "relations"])
    for (const id of [7, 8]) client.setQueryData([kind, "companies", id], { id });
  client.setQueryData(["record", "persons", 7], { id: 7 });

  forget_record(client, "companies", 7);

  expect(client.getQueryData(list)).toEqual({ pages: [rows(8)], pageParams: [""] });
  expect(client.getQueryData(["list", "persons", "/persons", {}])).toEqual(rows(7));
  for (const kind of ["record", "history", "relations"]) {
    expect(client.getQueryData([kind, "companies", 7])).toBeUndefined();
    expect(client.getQueryData([kind, "companies", 8])).toEqual({ id: 8 });
  }
  expect(client.getQueryData(["record", "persons", 7])).toEqual({ id: 7 });
});
