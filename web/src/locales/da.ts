// SPDX-License-Identifier: Apache-2.0
import type { Messages } from "@lingui/core";

export { messages } from "./da.po";
export const parts = import.meta.glob<{ messages: Messages }>([
  "../*/locales/da.po",
  "../features/*/locales/da.po",
]);
