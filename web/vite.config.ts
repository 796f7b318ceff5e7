// SPDX-License-Identifier: Apache-2.0
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server_url = process.env.FOKUS_URL ?? "http://127.0.0.1:8180";

export default defineConfig({
  plugins: [lingui({ macroTransform: true, failOnCompileError: true }), react()],
  build: { target: "es2023", assetsDir: "assets", chunkSizeWarningLimit: 700 },
  server: {
    host: "127.0.0.1",
    port: Number(process.env.FOKUS_WEB_PORT ?? 5180),
    proxy: { "/api": { target: server_url, ws: true } },
  },
});
