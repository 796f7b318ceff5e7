// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import type { Fix } from "./types";

export function useFixWords(): Record<Fix, string> {
  const { t } = useLingui();
  return {
    none: t`Nothing: it is put right by hand`,
    suggestion: t`What the check suggests`,
    trim: t`Without spaces around it`,
    proper_case: t`As Names Are Written`,
    lower_case: t`in small letters`,
    upper_case: t`IN CAPITALS`,
    clear: t`The field empty`,
    set: t`A fixed value`,
  };
}
