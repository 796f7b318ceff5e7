// SPDX-License-Identifier: Apache-2.0
// What is fetched beside the first screen must not delay it.
import { query_client } from "../api/queries";

const PAUSE_MS = 1_500;

// Resolves when the page has been there for a while and waits for nothing.
export async function first_screen_stands(): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  while (document.readyState !== "complete" || query_client.isFetching() > 0);
}

// An import that waits until then, the first time. Without a connection it goes on waiting: what is
// not there yet must take nothing away that is.
export function late<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    for (;;) {
      await first_screen_stands();
      try {
        return await load();
      } catch (error) {
        console.warn(error);
      }
    }
  };
}
