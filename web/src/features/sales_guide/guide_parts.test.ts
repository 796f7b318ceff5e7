// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import type { ListItem } from "../../api/types";
import {
  change_stage,
  guide_to_save,
  has_title,
  is_lost,
  new_key,
  outcome_of,
  progress_of,
  stage_path,
  stages_to_edit,
  standing,
  step_suggestion,
} from "./guide_parts";
import type { Step, Suggestion } from "./guide_types";

const one = (key: string): Suggestion => ({
  key,
  kind: "call",
  title: { en: key },
  text: {},
  days: 1,
  owner: "sale",
});
const step = (more: Partial<Step>): Step => ({
  ...one("a"),
  state: "open",
  changed_at: null,
  activity: null,
  ...more,
});
const item = (key: string, retired = false): ListItem => ({ key, label: { en: key }, retired });

describe("the steps of a sale", () => {
  const activity = { id: 1, name: "Call", status: "planned", starts_at: "2026-01-01T08:00:00Z" };

  it("are done when their activity is", () => {
    expect(standing(step({}))).toBe("open");
    expect(standing(step({ state: "created", activity }))).toBe("created");
    expect(standing(step({ state: "created", activity: { ...activity, status: "done" } }))).toBe(
      "done",
    );
  });

  it("can be made again when the activity went away", () => {
    expect(is_lost(step({ state: "created" }))).toBe(true);
    expect(is_lost(step({ state: "created", activity }))).toBe(false);
    expect(is_lost(step({ state: "done" }))).toBe(false);
  });

  it("are counted", () => {
    const steps = [step({}), step({ state: "skipped" }), step({ state: "done" })];
    expect(progress_of(steps)).toEqual({ settled: 2, all: 3 });
  });
});

describe("the path", () => {
  const items = [item("a"), item("b", true), item("c"), item("d")];

  it("marks what is behind and what is to come", () => {
    expect(stage_path(items, "c").map(({ mark }) => mark)).toEqual(["past", "present", "coming"]);
  });

  it("has a retired stage only while the sale is in it, and none that is gone", () => {
    expect(stage_path(items, "b").map((one) => one.item.key)).toEqual(["a", "b", "c", "d"]);
    expect(stage_path(items, "gone").every(({ mark }) => mark === "coming")).toBe(true);
  });
});

describe("the editor of the guide", () => {
  it("has every stage, and retired ones that still suggest something", () => {
    const stages = [
      { stage: "b", suggestions: [one("x")] },
      { stage: "d", suggestions: [one("y")] },
    ];
    const items = [item("a"), item("b", true), item("c", true), item("d")];
    expect(stages_to_edit(stages, items).map((stage) => stage.stage)).toEqual(["a", "b", "d"]);
  });

  it("changes one stage, and sends those that say something", () => {
    const stages = [
      { stage: "a", suggestions: [one("x"), one("y")] },
      { stage: "b", suggestions: [] },
    ];
    const next = change_stage(stages, "a", (all) => step_suggestion(all, 1, -1));
    expect(next[0]?.suggestions.map(({ key }) => key)).toEqual(["y", "x"]);
    expect(step_suggestion(stages[0]!.suggestions, 0, -1)).toBe(stages[0]!.suggestions);
    expect(guide_to_save(next).stages.map((stage) => stage.stage)).toEqual(["a"]);
  });

  it("makes keys that are not taken", () => {
    const draws = [0, 0, 0.5];
    const stages = [{ stage: "a", suggestions: [one("s_0")] }];
    expect(new_key(stages, () => draws.shift() ?? 0.9)).toMatch(/^s_[1-9a-z][0-9a-z]*$/);
    expect(has_title({ da: " " })).toBe(false);
    expect(has_title({ da: "Ring" })).toBe(true);
  });
});

describe("outcome_of", () => {
  it("is there once a sale has ended, and not while it waits", () => {
    expect(["open", "stalled", undefined, "sold", "lost"].map(outcome_of)).toEqual([
      undefined,
      undefined,
      undefined,
      "sold",
      "lost",
    ]);
  });
});
