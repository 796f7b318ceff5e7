// SPDX-License-Identifier: Apache-2.0
// Keys that work anywhere on the diary's page: views, today, going on and back, a new appointment.
import { useEffect, useRef } from "react";
import { is_typing } from "../../records/commands";
import { type DiaryState, step_day } from "./diary_state";

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -1, PageDown: 1 };

export function useDiaryKeys(state: DiaryState, create: (() => void) | undefined) {
  const now = useRef({ state, create });
  now.current = { state, create };
  useEffect(() => {
    const on_key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (is_typing(event.target) || document.querySelector("[role=dialog]")) return;
      const { state, create } = now.current;
      const step = STEPS[event.key];
      const turn = step && (() => state.go({ day: step_day(state.view, state.day, step) }));
      const act = turn || actions(state, create)[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", on_key);
    return () => document.removeEventListener("keydown", on_key);
  }, []);
}

function actions(
  { go, today }: DiaryState,
  create: (() => void) | undefined,
): Record<string, (() => void) | undefined> {
  return {
    d: () => go({ view: "day" }),
    w: () => go({ view: "week" }),
    m: () => go({ view: "month" }),
    a: () => go({ view: "agenda" }),
    t: () => go({ day: today }),
    n: create,
  };
}
