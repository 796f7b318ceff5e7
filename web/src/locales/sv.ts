// SPDX-License-Identifier: Apache-2.0
import type { Messages } from "@lingui/core";

export { messages } from "./sv.po";
export const parts = import.meta.glob<{ messages: Messages }>([
  "../*/locales/sv.po",
  "../features/*/locales/sv.po",
]);
