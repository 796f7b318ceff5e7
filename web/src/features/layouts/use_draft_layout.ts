// SPDX-License-Identifier: Apache-2.0
// What is being made of a layout, with the steps that led there.
import { useState } from "react";
import type { PageLayout } from "../../records/layout/layout_parts";

const STEPS_MAX = 100;

export interface DraftLayout {
  layout: PageLayout;
  is_changed: boolean;
  can_undo: boolean;
  change: (edit: (old: PageLayout) => PageLayout) => void;
  undo: () => void;
}

export function useDraftLayout(stored: PageLayout): DraftLayout {
  const [steps, set_steps] = useState<PageLayout[]>([stored]);
  const layout = steps.at(-1)!;
  return {
    layout,
    is_changed: JSON.stringify(layout) !== JSON.stringify(stored),
    can_undo: steps.length > 1,
    change: (edit) =>
      set_steps((old) => {
        const next = edit(old.at(-1)!);
        return next === old.at(-1) ? old : [...old, next].slice(-STEPS_MAX);
      }),
    undo: () => set_steps((old) => (old.length > 1 ? old.slice(0, -1) : old)),
  };
}
