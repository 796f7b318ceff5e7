// SPDX-License-Identifier: Apache-2.0
// The other places of data quality: below a field, in the head of a record, the score, the rules.
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { TypeMeta } from "../../api/types";
import EntryHint from "./entry_hint";
import { RulesPage } from "./rules_page";
import ScoreBadge from "./score_badge";
import { ScorePage } from "./score_page";
import { prepare, show } from "./test_house";
import type { Finding, Remark } from "./types";

const REMARK: Remark = {
  rule: "person_last_name_case",
  severity: "advice",
  weight: 5,
  field: "last_name",
  text: "Name in capitals",
  value: "HOLM",
  suggestion: { changes: { last_name: "Holm" }, value: "Holm" },
};
const FINDING: Finding = {
  ...REMARK,
  id: 17,
  type: "person",
  record: { id: 5, name: "Ea HOLM", version: 3, owner: null, quality_score: 95 },
  can_fix: true,
  found_at: "2026-11-27T10:00:00Z",
  dismissed: null,
};
const person = { name: "person", plural: "persons", fields: [] } as unknown as TypeMeta;
const group = (key: string | number, label: string) => ({
  key,
  label,
  records: 40,
  score: 87.5,
  perfect: 20,
  findings: 12,
  errors: 3,
});

function answer(method: string, path: string, body: unknown): unknown {
  if (path === "/quality/check") {
    const { record } = body as { record: { last_name: string } };
    const is_wrong = record.last_name === record.last_name.toUpperCase();
    return { score: 95, findings: is_wrong ? [REMARK] : [] };
  }
  if (path.startsWith("/quality/records")) {
    const gain = { finding: 17, rule: REMARK.rule, field: "last_name", text: REMARK.text };
    const improvements = [{ ...gain, points: 5 }];
    return { type: "person", id: 5, score: 95, findings: [FINDING], improvements };
  }
  if (path.startsWith("/quality/scores"))
    return { groups: [path.includes("owner") ? group(2, "Anna") : group("person", "Persons")] };
  if (path.startsWith("/quality/series")) return { points: [] };
  if (path.startsWith("/quality/findings/counts")) {
    const one = { key: REMARK.rule, label: REMARK.text, count: 12, records: 12 };
    return { total: 12, records: 12, groups: [one] };
  }
  if (path.startsWith("/quality/checks"))
    return {
      checks: [{ name: "name_case", label: "Case", kinds: ["text"], params: [], suggests: true }],
    };
  if (path === "/quality/rules/preview") return { count: 7, capped: false, sample: [] };
  if (method === "PATCH" || method === "POST") return { key: "own_1" };
}

let sent: string[];
beforeEach(() => {
  sent = prepare(answer);
});
afterEach(cleanup);

function Form() {
  const [values, set_values] = useState<Record<string, unknown>>({ last_name: "" });
  return (
    <>
      <input
        aria-label="last name"
        value={String(values.last_name)}
        onChange={(event) => set_values({ last_name: event.currentTarget.value })}
      />
      <EntryHint type={person} field="last_name" values={values} fix={set_values} />
    </>
  );
}

it("suggests below the field, and changes it when one says so", async () => {
  show(Form, "/quality");
  const input = (await screen.findByRole("textbox")) as HTMLInputElement;
  fireEvent.change(input, { target: { value: "HOLM" } });
  const use = await screen.findByRole("button", { name: "Use Holm" });
  expect(input.value).toBe("HOLM");
  fireEvent.click(use);
  expect(input.value).toBe("Holm");
  expect(screen.queryByRole("button", { name: "Use Holm" })).toBeNull();
  await waitFor(() => expect(sent.at(-1)).toContain('"record":{"last_name":"Holm"}'));
});

it("says in the head of a record what would improve its score", async () => {
  // That nothing here can have the keyboard is said at length.
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const record = { id: 5, version: 3, last_name: "HOLM" };
  show(() => <ScoreBadge type={person} record={record} />, "/quality");
  fireEvent.click(await screen.findByRole("button", { name: "Data quality 95 of 100" }));
  await screen.findByRole("list", { name: "What would improve it" });
  screen.getByText("+5");
  // Here nothing has a place, and a popover without one is hidden.
  screen.getByRole("button", { name: "Use Holm", hidden: true });
});

it("shows the score by owner, and what would raise it most", async () => {
  show(ScorePage, "/quality/score");
  await screen.findByRole("link", { name: "Anna" });
  // 12 findings of 5 points each, on 40 records.
  await screen.findByText("+1.5");
  await screen.findByText("50%");
  screen.getByText("A line needs two weeks; the first days are being kept.");
});

it("counts what a new rule would find, and sends it", async () => {
  show(RulesPage, "/settings/quality");
  fireEvent.click(await screen.findByRole("button", { name: "New rule" }));
  const words = await screen.findByRole("textbox", { name: /^What is said/ });
  fireEvent.change(words, { target: { value: "Short name" } });
  fireEvent.click(screen.getByRole("button", { name: "Edit as text" }));
  const filter = screen.getByRole("textbox", { name: "Conditions as text" });
  fireEvent.change(filter, { target: { value: "last_name eq 'X'" } });
  await screen.findByText("would be found right now");
  const save = screen.getByRole("button", { name: "Save" });
  expect(save.hasAttribute("disabled")).toBe(false);
  fireEvent.submit(save);
  await waitFor(() => expect(sent.at(-1)).toMatch(/^POST \/quality\/rules /));
  const body = JSON.parse(sent.at(-1)!.replace("POST /quality/rules ", ""));
  expect(body).toMatchObject({
    type: "person",
    check: null,
    filter: "last_name eq 'X'",
    severity: "warning",
    message: { en: "Short name" },
  });
});

it("switches a rule off", async () => {
  show(RulesPage, "/settings/quality");
  fireEvent.click(await screen.findByRole("switch", { name: "Name in capitals: is on" }));
  await waitFor(() =>
    expect(sent).toEqual(['PATCH /quality/rules/person_last_name_case {"is_on":false} "v1"']),
  );
});
