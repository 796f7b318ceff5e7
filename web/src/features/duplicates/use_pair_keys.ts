// SPDX-License-Identifier: Apache-2.0
// The keys of the queue: j and k go through it, m merges, n tells apart, u takes the last back.
import { useEffect } from "react";
import { is_typing } from "../../records/commands";

export interface PairActions {
  next: () => void;
  previous: () => void;
  merge: (() => void) | undefined;
  apart: () => void;
  undo: (() => void) | undefined;
}

export function usePairKeys(actions: PairActions) {
  useEffect(() => {
    const on_key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || is_typing(event.target)) return;
      if (document.querySelector("[role=dialog]")) return;
      const keys: Record<string, (() => void) | undefined> = {
        j: actions.next,
        k: actions.previous,
        m: actions.merge,
        n: actions.apart,
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
