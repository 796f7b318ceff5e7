// SPDX-License-Identifier: Apache-2.0
// What a browser fetches of JavaScript before the first screen stands, and the most it may be. The
// build fails beyond it, because it grows by one import that nobody notices.
import { gzipSync } from "node:zlib";
import type { Plugin, Rolldown } from "vite";
import { SCREENS } from "./catalogues.ts";

const BUDGET_BYTES = 250_000;
// One of the five languages is fetched; the longest counts.
const LANGUAGES = ["da", "en", "nb", "sv", "de"].map((name) => `locales/${name}`);
type Chunks = Map<string, Rolldown.OutputChunk>;

function chunks_of(bundle: Rolldown.OutputBundle): Chunks {
  const all = Object.values(bundle).filter((part) => part.type === "chunk");
  return new Map(all.map((chunk) => [chunk.fileName, chunk]));
}

function find_chunk(chunks: Chunks, source: string): Rolldown.OutputChunk {
  const wanted = new RegExp(`/src/${source}(\\.tsx?)?$`);
  const found = [...chunks.values()].find((chunk) => wanted.test(chunk.facadeModuleId ?? ""));
  if (!found) throw new Error(`first_screens: no chunk begins at ${source}`);
  return found;
}

function with_imports(chunks: Chunks, roots: Rolldown.OutputChunk[]): Set<Rolldown.OutputChunk> {
  const found = new Set(roots);
  // A set may grow while it is walked.
  for (const chunk of found) {
    for (const name of chunk.imports) {
      const imported = chunks.get(name);
      if (imported) found.add(imported);
    }
  }
  return found;
}

const packed = (chunk: Rolldown.OutputChunk) => gzipSync(chunk.code, { level: 9 }).length;

function screen_bytes(chunks: Chunks, sources: string[]): number {
  const entries = [...chunks.values()].filter((chunk) => chunk.isEntry);
  const roots = sources.map((source) => find_chunk(chunks, source));
  const fetched = [...with_imports(chunks, [...entries, ...roots])];
  const language = Math.max(...LANGUAGES.map((name) => packed(find_chunk(chunks, name))));
  return fetched.reduce((sum, chunk) => sum + packed(chunk), language);
}

export function first_screens(): Plugin {
  return {
    name: "first_screens",
    apply: "build",
    generateBundle(_options, bundle) {
      const chunks = chunks_of(bundle);
      const sizes = Object.entries(SCREENS).map(
        ([screen, sources]) => [screen, screen_bytes(chunks, sources)] as const,
      );
      const text = sizes.map(([screen, bytes]) => `${screen} ${(bytes / 1000).toFixed(1)} kB`);
      this.info(`JavaScript of the first screens, gzip: ${text.join(", ")}`);
      const over = sizes.filter(([, bytes]) => bytes > BUDGET_BYTES).map(([screen]) => screen);
      if (over.length) {
        this.error(
          `over the budget of ${BUDGET_BYTES / 1000} kB: ${over.join(", ")} (${text.join(", ")})`,
        );
      }
    },
  };
}
