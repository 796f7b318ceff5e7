// SPDX-License-Identifier: Apache-2.0
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [lingui({ macroTransform: true }), react()],
  test: { environment: "happy-dom", include: ["src/**/*.test.{ts,tsx}"] },
});
