// SPDX-License-Identifier: Apache-2.0
// Whether a user of this browser has been offered the tour and has taken or declined it.
import { useSyncExternalStore } from "react";
import { store, stored } from "../../base/stored";

const listeners = new Set<() => void>();
const key = (user: number) => `tour.${user}`;

export function end_tour(user: number) {
  store(key(user), "seen");
  for (const listener of listeners) listener();
}

export function useTourSeen(user: number): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => stored(key(user)) === "seen",
  );
}
