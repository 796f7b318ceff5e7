// SPDX-License-Identifier: Apache-2.0
// What is fetched beside the first screen must not delay it.
import { query_client } from "../api/queries";

const PAUSE_MS = 1_500;
const PAUSE_MS_MAX = 300_000;

// Resolves when the page has been there for a while and waits for nothing.
async function first_screen_stands(pause_ms: number): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, pause_ms));
  while (document.readyState !== "complete" || query_client.isFetching() > 0);
}

// An import that waits until then, the first time. Without a connection it goes on waiting: what is
// not there yet must take nothing away that is. Ever more rarely: a file of an older version does
// not come back.
export function late<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    for (let pause_ms = PAUSE_MS; ; pause_ms = Math.min(pause_ms * 2, PAUSE_MS_MAX)) {
      await first_screen_stands(pause_ms);
      try {
        return await load();
      } catch (error) {
        console.warn(error);
      }
    }
  };
}
