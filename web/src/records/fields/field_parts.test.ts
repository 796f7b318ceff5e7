// SPDX-License-Identifier: Apache-2.0
import { expect, it } from "vitest";
import { is_empty, same_value, to_wire } from "./field_parts";
import { spaced_phone } from "./phone/view";
import { plain_text } from "./rich_text/view";
import { safe_url } from "./url/view";

it("knows what is empty", () => {
  for (const value of [null, undefined, "", [], {}, { street: "" }])
    expect(is_empty(value)).toBe(true);
  for (const value of [0, false, "x", ["a"], { city: "Vejle" }])
    expect(is_empty(value)).toBe(false);
});
it("treats all empties as the same value", () => {
  expect(same_value("", null)).toBe(true);
  expect(same_value({ id: 1, name: "A" }, { id: 2, name: "A" })).toBe(false);
});
it("writes references by id and empty text as null", () => {
  expect(to_wire({ id: 5, name: "Nordlys" })).toBe(5);
  expect(to_wire([{ id: 5, name: "x" }])).toEqual([5]);
  expect(to_wire("")).toBeNull();
  expect(to_wire({ amount: "1.00", currency: "DKK" })).toEqual({ amount: "1.00", currency: "DKK" });
});
it("makes links only of web addresses", () => {
  expect(safe_url("nordlys.example")).toBe("https://nordlys.example/");
  expect(safe_url("javascript:alert(1)")).toBeNull();
  expect(safe_url("data:text/html,x")).toBeNull();
});
it("spaces Nordic numbers and leaves others", () => {
  expect(spaced_phone("+4512345678")).toBe("+45 12 34 56 78");
  expect(spaced_phone("+442071234567")).toBe("+442071234567");
});
it("shows only the text of markup", () => {
  expect(plain_text("<p>Hej <b>du</b></p><script>alert(1)</script>")).not.toContain("<");
});
