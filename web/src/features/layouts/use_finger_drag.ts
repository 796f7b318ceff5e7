// SPDX-License-Identifier: Apache-2.0
// A field that a finger or a pen drags by its handle. The mouse drags as browsers have it, which
// fingers do not get. A tap opens the menu of the handle, as a click does.
import { type PointerEvent, useRef } from "react";
import { place_field, type Spot } from "../../records/layout/layout_parts";
import type { Editing } from "./layout_editor";

const FAR_PX = 6;
const CLICK_COMES_MS = 50;

export const spot_text = (spot: Spot) => `${spot.section}:${spot.place}`;

// The place under a finger, as rows and sections say it in data-spot.
function place_at(x: number, y: number): HTMLElement | null {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-spot]") ?? null;
}

function spot_in(place: HTMLElement | null): Spot | null {
  const [section, at] = (place?.dataset.spot ?? "").split(":").map(Number);
  return section === undefined || at === undefined ? null : { section, place: at };
}

export function useFingerDrag(editing: Editing, name: string, own: Spot | null) {
  const start = useRef<{ x: number; y: number } | null>(null);
  const is_dragging = useRef(false);
  const { set_dragged, set_target, move } = editing;
  const stop = () => {
    start.current = null;
    if (!is_dragging.current) return;
    is_dragging.current = false;
    set_dragged(null);
    set_target(null);
  };
  return {
    is_held: () => start.current !== null,
    on_handle: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.pointerType === "mouse" || !event.isPrimary) return;
        start.current = { x: event.clientX, y: event.clientY };
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (!start.current) return;
        const { clientX: x, clientY: y } = event;
        if (!is_dragging.current) {
          if (Math.hypot(x - start.current.x, y - start.current.y) < FAR_PX) return;
          is_dragging.current = true;
          set_dragged(name);
        }
        const place = place_at(x, y);
        const spot = spot_in(place);
        set_target(spot && spot_text(spot));
        // Rows come into sight as the finger reaches the edge.
        if (place?.tagName === "LI") place.scrollIntoView({ block: "nearest" });
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const dragged = is_dragging.current;
        stop();
        if (!dragged) return;
        swallow_click();
        const spot = spot_in(place_at(event.clientX, event.clientY));
        if (!spot || (own && spot_text(spot) === spot_text(own))) return;
        move(name, (old) => place_field(old, name, spot));
      },
      onPointerCancel: stop,
    },
  };
}

// Letting go over the handle would open its menu.
function swallow_click() {
  const swallow = (event: MouseEvent) => {
    event.stopPropagation();
    event.preventDefault();
  };
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, true), CLICK_COMES_MS);
}
