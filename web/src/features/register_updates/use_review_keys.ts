// SPDX-License-Identifier: Apache-2.0
// The keys of the queue: j and k go through it, a accepts, r rejects, o opens the company, u takes
// the last back.
import { useEffect } from "react";
import { is_typing } from "../../records/commands";

export interface ReviewActions {
  next: () => void;
  previous: () => void;
  accept: (() => void) | undefined;
  always: (() => void) | undefined;
  reject: (() => void) | undefined;
  reopen: (() => void) | undefined;
  open: () => void;
  undo: (() => void) | undefined;
}

export function useReviewKeys(actions: ReviewActions) {
  useEffect(() => {
    const on_key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || is_typing(event.target)) return;
      if (document.querySelector("[role=dialog]")) return;
      const keys: Record<string, (() => void) | undefined> = {
        j: actions.next,
        k: actions.previous,
        a: actions.accept,
        r: actions.reject,
        o: actions.open,
        u: actions.undo,
      };
      const act = keys[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", on_key);
    return () => document.removeEventListener("keydown", on_key);
  });
}
