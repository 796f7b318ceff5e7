// SPDX-License-Identifier: Apache-2.0
// A finger that wipes to the side turns to the next day, or back.
import { type TouchEvent, useRef } from "react";
import { type DiaryState, step_day } from "./diary_state";

const WAY_PX = 60;
const LONGEST_MS = 600;

export function useSwipe({ phone, view, day, go }: DiaryState) {
  const from = useRef({ x: 0, y: 0, at: 0 });
  if (!phone) return {};
  return {
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches[0]!;
      from.current = { x: touch.clientX, y: touch.clientY, at: event.timeStamp };
    },
    onTouchEnd: (event: TouchEvent) => {
      const touch = event.changedTouches[0]!;
      const across = touch.clientX - from.current.x;
      const along = touch.clientY - from.current.y;
      if (event.timeStamp - from.current.at > LONGEST_MS) return;
      if (Math.abs(across) < WAY_PX || Math.abs(across) < 2 * Math.abs(along)) return;
      go({ day: step_day(view, day, across < 0 ? 1 : -1) });
    },
  };
}
