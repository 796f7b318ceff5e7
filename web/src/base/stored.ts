// SPDX-License-Identifier: Apache-2.0
// Small preferences of this browser. Storage may be switched off; then they last for the page.
const PREFIX = "fokus.";
const fallback = new Map<string, string>();

export function stored(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key) ?? fallback.get(key) ?? null;
  } catch {
    return fallback.get(key) ?? null;
  }
}

export function store(key: string, value: string): void {
  fallback.set(key, value);
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // Kept in memory above.
  }
}

export function stored_json<T>(key: string, initial: T): T {
  const text = stored(key);
  if (!text) return initial;
  try {
    return JSON.parse(text) as T;
  } catch {
    return initial;
  }
}
