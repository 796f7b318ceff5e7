// SPDX-License-Identifier: Apache-2.0
import type { Messages } from "@lingui/core";

export { messages } from "./nb.po";
export const parts = import.meta.glob<{ messages: Messages }>([
  "../*/locales/nb.po",
  "../features/*/locales/nb.po",
]);
