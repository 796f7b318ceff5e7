// SPDX-License-Identifier: Apache-2.0
// What is being typed, kept in this tab: over a reload, a lost session and a dialog that was closed
// by mistake. Signing out forgets all of it.
import { useCallback, useState } from "react";

const PREFIX = "fokus.draft.";

function read<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(PREFIX + key);
    return text ? (JSON.parse(text) as T) : undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown) {
  try {
    if (value === undefined) sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // Storage is full or switched off: then it lasts as long as the page.
  }
}

export function forget_drafts() {
  try {
    for (const key of Object.keys(sessionStorage))
      if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Then there are none.
  }
}

// Like useState, but what was set last is there again; `is_empty` says when nothing is to be kept.
export function useDraft<T>(key: string, initial: T, is_empty: (value: T) => boolean) {
  const [value, set_value] = useState<T>(() => read<T>(key) ?? initial);
  const [restored, set_restored] = useState(() => read<T>(key) !== undefined);
  const set = useCallback(
    (change: (old: T) => T) =>
      set_value((old) => {
        const next = change(old);
        write(key, is_empty(next) ? undefined : next);
        return next;
      }),
    [key, is_empty],
  );
  const forget = useCallback(() => {
    write(key, undefined);
    set_restored(false);
    set_value(initial);
  }, [key, initial]);
  return { value, set, forget, restored };
}
