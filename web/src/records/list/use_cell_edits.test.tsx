// SPDX-License-Identifier: Apache-2.0
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { FieldMeta, Row, TypeMeta } from "../../api/types";
import { useCellEdits } from "./use_cell_edits";

i18n.loadAndActivate({ locale: "en", messages: {} });
const type = { name: "company", plural: "companies", fields: [] } as unknown as TypeMeta;
const email = { name: "email", kind: "email", label: {} } as FieldMeta;
const seen: Row = { id: 7, version: 3, name: "Nordlys", email: "old@nordlys.example" };

interface Answer {
  status: number;
  body: object;
}
function answers(...list: Answer[]) {
  const calls: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    calls.push({ url, init });
    const { status, body } = list.shift()!;
    return new Response(JSON.stringify(body), { status });
  });
  return calls;
}
function edits() {
  const patches: Partial<Row>[] = [];
  const { result } = renderHook(() => useCellEdits(type, (_, values) => patches.push(values)), {
    wrapper: ({ children }) => <I18nProvider i18n={i18n}>{children}</I18nProvider>,
  });
  return { result, patches };
}
const if_match = (init: RequestInit) => (init.headers as Record<string, string>)["If-Match"];

afterEach(() => vi.unstubAllGlobals());

it("shows the value at once, saves it against the version, and says so in the cell", async () => {
  const next = { ...seen, version: 4, email: "new@nordlys.example" };
  const calls = answers({ status: 200, body: next });
  const { result, patches } = edits();
  act(() => {
    result.current.save(seen, email, "new@nordlys.example");
  });
  expect(patches[0]).toEqual({ email: "new@nordlys.example" });
  expect(result.current.marks_of(7)?.email?.state).toBe("saving");
  await waitFor(() => expect(result.current.marks_of(7)?.email?.state).toBe("saved"));
  expect(if_match(calls[0]!.init)).toBe('"v3"');
  await waitFor(() => expect(result.current.marks_of(7)).toBeUndefined(), { timeout: 3000 });
});

it("puts the old value back when the server refuses, and keeps what was typed", async () => {
  const errors = [{ field: "email", code: "not_an_email" }];
  answers({ status: 422, body: { code: "records/invalid", errors } });
  const { result, patches } = edits();
  act(() => {
    result.current.save(seen, email, "no address");
  });
  await waitFor(() => expect(result.current.marks_of(7)?.email?.state).toBe("refused"));
  expect(patches.at(-1)).toEqual({ email: "old@nordlys.example" });
  expect(result.current.refused_of(7, "email")?.value).toBe("no address");
});

it("saves again when somebody changed another field only", async () => {
  const current = { ...seen, version: 5, name: "Nordlys A/S" };
  const calls = answers(
    { status: 412, body: { code: "records/stale", current } },
    { status: 200, body: { ...current, version: 6, email: "new@nordlys.example" } },
  );
  const { result } = edits();
  act(() => {
    result.current.save(seen, email, "new@nordlys.example");
  });
  await waitFor(() => expect(result.current.marks_of(7)?.email?.state).toBe("saved"));
  expect(calls.map((call) => if_match(call.init))).toEqual(['"v3"', '"v5"']);
  expect(result.current.dialog).toBeNull();
});

it("asks when somebody changed the same field", async () => {
  const current = { ...seen, version: 5, email: "theirs@nordlys.example" };
  answers({ status: 412, body: { code: "records/stale", current } });
  const { result, patches } = edits();
  act(() => {
    result.current.save(seen, email, "mine@nordlys.example");
  });
  await waitFor(() => expect(result.current.dialog).not.toBeNull());
  expect(patches.at(-1)).toEqual({ email: "theirs@nordlys.example" });
  expect(result.current.dialog!.props.mine).toBe("mine@nordlys.example");
});
