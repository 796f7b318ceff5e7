// SPDX-License-Identifier: Apache-2.0
// Keys and buttons that work on every page: the palette and quick create.
import { useEffect, useSyncExternalStore } from "react";
import type { Row } from "../api/types";

export interface Creating {
  type?: string | undefined;
  initial?: Partial<Row> | undefined;
}

interface State {
  palette: boolean;
  creating: Creating | null;
  // Which page of help is open.
  help: "keys" | "tour" | null;
}

let state: State = { palette: false, creating: null, help: null };
const listeners = new Set<() => void>();

function set(next: Partial<State>) {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

export const open_palette = () => set({ palette: true });
export const open_create = (creating: Creating = {}) => set({ creating, palette: false });

export const open_help = (help: "keys" | "tour") => set({ help, palette: false });

export function is_typing(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return !!element?.closest("input,textarea,select,[contenteditable],[role=dialog]");
}

function on_key(event: KeyboardEvent) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    set({ palette: !state.palette });
  } else if (event.key === "?" && !is_typing(event.target)) {
    event.preventDefault();
    set({ help: "keys" });
  } else if (event.key === "c" && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (is_typing(event.target)) return;
    event.preventDefault();
    // The page decides which type a new record most likely is.
    set({ creating: { type: document.querySelector<HTMLElement>("[data-type]")?.dataset.type } });
  }
}

export function useCommands() {
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );
  useEffect(() => {
    document.addEventListener("keydown", on_key);
    return () => document.removeEventListener("keydown", on_key);
  }, []);
  return {
    ...current,
    close_palette: () => set({ palette: false }),
    close_create: () => set({ creating: null }),
    close_help: () => set({ help: null }),
  };
}
