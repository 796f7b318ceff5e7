// SPDX-License-Identifier: Apache-2.0
// What a drag listens to, wherever the pointer goes. A finger that drags must not scroll as well,
// and letting go must not click.
import { useEffect, useRef } from "react";

interface Listeners {
  move: (event: PointerEvent) => void;
  up: () => void;
  stop: () => void;
  is_dragging: () => boolean;
}

export function usePointer(listeners: Listeners) {
  const now = useRef(listeners);
  now.current = listeners;
  useEffect(() => {
    const move = (event: PointerEvent) => now.current.move(event);
    const up = () => {
      if (now.current.is_dragging()) swallow_click();
      now.current.up();
    };
    const stop = () => now.current.stop();
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !now.current.is_dragging()) return;
      event.stopPropagation();
      now.current.stop();
    };
    const hold = (event: TouchEvent) => now.current.is_dragging() && event.preventDefault();
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", stop);
    window.addEventListener("keydown", key, true);
    window.addEventListener("touchmove", hold, { passive: false });
    return () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", stop);
      window.removeEventListener("keydown", key, true);
      window.removeEventListener("touchmove", hold);
      now.current.stop();
    };
  }, []);
}

const CLICK_COMES_MS = 50;

// Letting go over an appointment would open it.
function swallow_click() {
  const swallow = (event: MouseEvent) => {
    event.stopPropagation();
    event.preventDefault();
  };
  const once = { capture: true, once: true };
  window.addEventListener("click", swallow, once);
  setTimeout(() => window.removeEventListener("click", swallow, once), CLICK_COMES_MS);
}
