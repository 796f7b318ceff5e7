// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";

// Kinds of sources, as they are said in a list.
export function useSourceWords(): Record<string, string> {
  const { t } = useLingui();
  return {
    import: t`Import`,
    register: t`Register`,
    device: t`Device`,
    form: t`Form`,
    chat: t`Chat`,
    migration: t`Migration`,
    user: t`Typed in`,
  };
}
