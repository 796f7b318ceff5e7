// SPDX-License-Identifier: Apache-2.0
// The workbench: what its keys send.
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { QualityPage } from "./quality_page";
import { prepare, show } from "./test_house";
import type { Finding } from "./types";

const finding = (id: number, record: number, value: string): Finding => ({
  id,
  type: "person",
  record: { id: record, name: `Ea ${value}`, version: 3, owner: null, quality_score: 80 },
  rule: "person_last_name_case",
  severity: "advice",
  weight: 5,
  field: "last_name",
  text: "Name in capitals",
  value,
  suggestion: { changes: { last_name: "Holm" }, value: "Holm" },
  can_fix: true,
  found_at: "2026-11-27T10:00:00Z",
  dismissed: null,
});

let left: Finding[];
let sent: string[];

function answer(method: string, path: string): unknown {
  const act = /^\/quality\/findings\/(\d+)\/(fix|dismiss)$/.exec(path);
  if (act) {
    left = left.filter((one) => one.id !== Number(act[1]));
    return { type: "person", id: 5, version: 4, changed: true };
  }
  if (path.startsWith("/quality/findings/counts"))
    return { total: left.length, records: left.length, groups: [] };
  if (path.startsWith("/quality/records"))
    return { type: "person", id: 5, score: 80, findings: [], improvements: [] };
  if (method === "PATCH") return { id: 5, version: 5, last_name: "HOLM" };
  const record = /^\/persons\/(\d+)$/.exec(path);
  if (record)
    return { id: Number(record[1]), version: 3, name: "Ea", first_name: "Ea", last_name: "HOLM" };
  if (path.startsWith("/quality/findings")) return { items: left, next: null };
}

beforeEach(() => {
  left = [finding(17, 5, "HOLM"), finding(18, 6, "LUND")];
  sent = prepare(answer);
});
afterEach(cleanup);

const subject = (name: string) => screen.findByRole("heading", { level: 2, name });
const press = (key: string) => fireEvent.keyDown(document.body, { key });
async function open_page(address = "/quality") {
  const router = show(QualityPage, address);
  await subject("Ea HOLM");
  return router;
}

it("applies with Enter, goes on to the next, and takes it back with u", async () => {
  const router = await open_page();
  press("Enter");
  await subject("Ea LUND");
  expect(router.state.location.search).toEqual({ finding: "18" });
  await waitFor(() => expect(sent).toEqual(['POST /quality/findings/17/fix {} "v3"']));
  await screen.findByText("Applied: Holm");
  press("u");
  await waitFor(() => expect(sent.at(-1)).toBe('PATCH /persons/5 {"last_name":"HOLM"} "v4"'));
});

it("leaves a value as it is, with a reason", async () => {
  await open_page();
  press("d");
  const reason = await screen.findByRole("textbox", { name: "Reason" });
  fireEvent.change(reason, { target: { value: "Writes it so" } });
  fireEvent.submit(reason);
  await waitFor(() =>
    expect(sent).toEqual(['POST /quality/findings/17/dismiss {"reason":"Writes it so"}']),
  );
  await subject("Ea LUND");
});

it("goes through the list with j and k, and opens the record with o", async () => {
  const router = await open_page("/quality?type=person");
  press("j");
  await subject("Ea LUND");
  press("k");
  await subject("Ea HOLM");
  press("o");
  await waitFor(() => expect(router.state.location.pathname).toBe("/persons/5"));
});

it("edits by hand, beginning with what is suggested", async () => {
  await open_page();
  press("e");
  const input = await screen.findByRole("textbox", { name: "last_name" });
  expect((input as HTMLInputElement).value).toBe("Holm");
  fireEvent.change(input, { target: { value: "Holmen" } });
  fireEvent.submit(input);
  await waitFor(() => expect(sent).toEqual(['PATCH /persons/5 {"last_name":"Holmen"} "v3"']));
});
