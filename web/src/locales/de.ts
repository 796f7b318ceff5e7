// SPDX-License-Identifier: Apache-2.0
import type { Messages } from "@lingui/core";

export { messages } from "./de.po";
export const parts = import.meta.glob<{ messages: Messages }>([
  "../*/locales/de.po",
  "../features/*/locales/de.po",
]);
