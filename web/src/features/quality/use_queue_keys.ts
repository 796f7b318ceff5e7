// SPDX-License-Identifier: Apache-2.0
// The keys of the workbench: j and k go through it, Enter applies, e edits, d leaves as it is, o
// opens the record, u takes the last back.
import { useEffect } from "react";
import { is_typing } from "../../records/commands";

export interface QueueActs {
  next: () => void;
  previous: () => void;
  apply: (() => void) | undefined;
  edit: (() => void) | undefined;
  leave: (() => void) | undefined;
  open: (() => void) | undefined;
  undo: (() => void) | undefined;
}

// Enter is the key of the button that has the keyboard; only in the list it means the finding.
function means_something_else(event: KeyboardEvent): boolean {
  const at = event.target as HTMLElement | null;
  const button = at?.closest("button,a,[role=option],[role=menuitem]");
  return !!button && !button.closest("[data-findings]");
}

export function useQueueKeys(acts: QueueActs) {
  useEffect(() => {
    const on_key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || is_typing(event.target)) return;
      if (event.defaultPrevented || document.querySelector("[role=dialog]")) return;
      if (event.key === "Enter" && means_something_else(event)) return;
      const keys: Record<string, (() => void) | undefined> = {
        j: acts.next,
        k: acts.previous,
        Enter: acts.apply,
        e: acts.edit,
        d: acts.leave,
        o: acts.open,
        u: acts.undo,
      };
      const act = keys[event.key];
      if (!act) return;
      event.preventDefault();
      // A key that is held down goes through the list, and does nothing else.
      if (!event.repeat || act === acts.next || act === acts.previous) act();
    };
    document.addEventListener("keydown", on_key);
    return () => document.removeEventListener("keydown", on_key);
  });
}
