// SPDX-License-Identifier: Apache-2.0
import type { Labels } from "../../api/types";

export interface Suggestion {
  key: string;
  kind: string;
  title: Labels;
  text: Labels;
  // From the day of the click.
  days: number;
  owner: "sale" | "me";
}

export interface GuideStage<One = Suggestion> {
  stage: string;
  suggestions: One[];
}

export interface StoredGuide {
  version: number;
  is_shipped: boolean;
  stages: GuideStage[];
}

export type StepState = "open" | "done" | "skipped" | "created";

export interface Step extends Suggestion {
  state: StepState;
  changed_at: string | null;
  activity: { id: number; name: string | null; status: string; starts_at: string } | null;
}

export interface SaleGuide {
  stage: string;
  may_change: boolean;
  stages: GuideStage<Step>[];
}
