// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";

export function useStatusWords(): Record<string, string> {
  const { t } = useLingui();
  return {
    uploaded: t`uploaded`,
    mapped: t`prepared`,
    checking: t`dry run`,
    checked: t`ready to run`,
    running: t`running`,
    done: t`done`,
    failed: t`failed`,
    reversing: t`being reversed`,
    reversed: t`reversed`,
    cancelled: t`cancelled`,
  };
}
