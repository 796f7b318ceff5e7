// SPDX-License-Identifier: Apache-2.0
// How far a sale came, and the changes of the guide's editor. Nothing here changes what it is
// given.
import type { Labels, ListItem } from "../../api/types";
import type { GuideStage, SaleGuide, Step, StepState, Suggestion } from "./guide_types";

export const TITLE_MAX = 200;
export const TEXT_MAX = 2000;
export const DAYS_MAX = 365;
export const SUGGESTIONS_MAX = 20;

// What a suggestion counts as: an activity that was made of it is done when it is.
export function standing(step: Step): StepState {
  return step.state === "created" && step.activity?.status === "done" ? "done" : step.state;
}

// The activity went away: it can be made again.
export const is_lost = (step: Step) => step.state === "created" && !step.activity;

export function steps_of(guide: SaleGuide | undefined, stage: string): Step[] {
  return guide?.stages?.find((one) => one.stage === stage)?.suggestions ?? [];
}

export function progress_of(steps: Step[]): { settled: number; all: number } {
  return { settled: steps.filter((step) => step.state !== "open").length, all: steps.length };
}

export type StageMark = "past" | "present" | "coming";

// The stages of the list in their order; one that is retired only while the sale is in it.
export function stage_path(
  items: ListItem[],
  present: string,
): { item: ListItem; mark: StageMark }[] {
  const shown = items.filter((item) => !item.retired || item.key === present);
  const here = shown.findIndex((item) => item.key === present);
  return shown.map((item, place) => ({
    item,
    mark: place === here ? "present" : place < here ? "past" : "coming",
  }));
}

// Every stage of the list with what the guide has for it; retired ones while they have something.
export function stages_to_edit(stages: GuideStage[], items: ListItem[]): GuideStage[] {
  const of = (stage: string) =>
    stages.find((one) => one.stage === stage) ?? { stage, suggestions: [] };
  return items
    .filter((item) => !item.retired || of(item.key).suggestions.length > 0)
    .map((item) => of(item.key));
}

export function new_key(stages: GuideStage[], random: () => number = Math.random): string {
  const taken = new Set(stages.flatMap((stage) => stage.suggestions.map((one) => one.key)));
  for (;;) {
    const key = `s_${Math.floor(random() * 36 ** 6).toString(36)}`;
    if (!taken.has(key)) return key;
  }
}

export function change_stage(
  stages: GuideStage[],
  stage: string,
  change: (suggestions: Suggestion[]) => Suggestion[],
): GuideStage[] {
  return stages.map((one) =>
    one.stage === stage ? { ...one, suggestions: change(one.suggestions) } : one,
  );
}

export function step_suggestion(all: Suggestion[], place: number, by: -1 | 1): Suggestion[] {
  const to = place + by;
  if (to < 0 || to >= all.length) return all;
  const next = [...all];
  const [one] = next.splice(place, 1);
  next.splice(to, 0, one!);
  return next;
}

export function has_title(labels: Labels): boolean {
  return Object.values(labels).some((text) => text.trim() !== "");
}

// As it is sent: stages that say nothing are left out.
export function guide_to_save(stages: GuideStage[]): { stages: GuideStage[] } {
  return { stages: stages.filter((stage) => stage.suggestions.length > 0) };
}

// How a sale ended; undefined while it goes on.
export function outcome_of(status: unknown): "sold" | "lost" | undefined {
  return status === "sold" || status === "lost" ? status : undefined;
}
