// SPDX-License-Identifier: Apache-2.0
import type { Messages } from "@lingui/core";

export { messages } from "./en.po";
export const parts = import.meta.glob<{ messages: Messages }>([
  "../*/locales/en.po",
  "../features/*/locales/en.po",
]);
