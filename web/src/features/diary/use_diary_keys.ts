// SPDX-License-Identifier: Apache-2.0
// Keys that work anywhere on the diary's page: views, today, going on and back, a new appointment.
import { useEffect, useRef } from "react";
import { is_typing } from "../../records/commands";
import { type DiaryState, step_day } from "./diary_state";

export function useDiaryKeys(state: DiaryState, create: (() => void) | undefined) {
  const now = useRef({ state, create });
  now.current = { state, create };
  useEffect(() => {
    const on_key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (is_typing(event.target) || document.querySelector("[role=dialog]")) return;
      const act = actions(now.current.state, now.current.create)[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", on_key);
    return () => document.removeEventListener("keydown", on_key);
  }, []);
}

function actions(
  { go, view, day, today }: DiaryState,
  create: (() => void) | undefined,
): Record<string, (() => void) | undefined> {
  const back = () => go({ day: step_day(view, day, -1) });
  const on = () => go({ day: step_day(view, day, 1) });
  return {
    d: () => go({ view: "day" }),
    w: () => go({ view: "week" }),
    m: () => go({ view: "month" }),
    a: () => go({ view: "agenda" }),
    t: () => go({ day: today }),
    n: create,
    ArrowLeft: back,
    ArrowRight: on,
    PageUp: back,
    PageDown: on,
  };
}
