// SPDX-License-Identifier: Apache-2.0
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react";
import { useCallback } from "react";
import { error_text, field_problem_text } from "./error_text";

export function useTranslate() {
  const { i18n } = useLingui();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new locale makes a new function
  return useCallback((message: MessageDescriptor) => i18n._(message), [i18n, i18n.locale]);
}

// The words for a code alone: why one record of many was refused.
export function useProblemText() {
  const translate = useTranslate();
  return useCallback(
    (code: string) => field_problem_text({ field: "", code }, translate),
    [translate],
  );
}

export function useErrorText() {
  const translate = useTranslate();
  return useCallback((error: unknown) => error_text(error, translate), [translate]);
}
