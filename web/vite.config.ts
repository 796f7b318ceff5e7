// SPDX-License-Identifier: Apache-2.0
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { late_words } from "./catalogues.ts";
import { first_screens } from "./first_screens.ts";

const server_url = process.env.FOKUS_URL ?? "http://127.0.0.1:8180";
const proxy = { "/api": { target: server_url, ws: true }, "/healthz": { target: server_url } };

export default defineConfig({
  plugins: [
    late_words(),
    lingui({ macroTransform: true, failOnCompileError: true }),
    react(),
    first_screens(),
  ],
  build: {
    target: "es2023",
    assetsDir: "assets",
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // Otherwise what every page needs lies in sixty files, each of which packs badly. What is
          // not ours is a file of its own: it stays in the browser's cache when we change ours.
          groups: [
            { name: "vendor", tags: ["$initial"], test: /node_modules/ },
            { name: "frame", tags: ["$initial"] },
          ],
        },
      },
    },
  },
  server: {
    host: "127.0.0.1",
    port: Number(process.env.FOKUS_WEB_PORT ?? 5180),
    proxy,
  },
  // The built files before a running server, as `npx vite preview`.
  preview: {
    host: "127.0.0.1",
    port: Number(process.env.FOKUS_WEB_PORT ?? 5180),
    proxy,
  },
});
