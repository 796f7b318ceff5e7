// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect, useState } from "react";

const CARD_HEIGHT = 92;
const HEIGHTS: Record<string, number> = { comfortable: 36, compact: 30 };

// The row height is a token that follows the user's density, unless the view has its own.
export function useRowHeight(density: string | undefined, cards: boolean): number {
  const [height, set_height] = useState(36);
  useLayoutEffect(() => {
    const read = () => {
      const text = getComputedStyle(document.documentElement).getPropertyValue("--row-height");
      set_height(Number.parseInt(text, 10) || 36);
    };
    read();
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributeFilter: ["data-density"] });
    return () => observer.disconnect();
  }, []);
  if (cards) return CARD_HEIGHT;
  return HEIGHTS[density ?? ""] ?? height;
}
