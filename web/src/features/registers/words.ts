// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";

export function useEntryStatusWords(): Record<string, string> {
  const { t } = useLingui();
  return {
    active: t`Active`,
    winding_up: t`Being wound up`,
    bankrupt: t`Bankrupt`,
    dissolved: t`Dissolved`,
    inactive: t`Not active`,
  };
}

export function useProblemWords(): Record<string, string> {
  const { t } = useLingui();
  return {
    no_number: t`without a number`,
    no_name: t`without a name`,
    number_too_long: t`with a number that is too long`,
    duplicate_number: t`with a number that stands there again further down`,
    unclosed_quote: t`with a quote that is not closed`,
    cell_too_long: t`with a value that is too long`,
    row_too_long: t`that are too long`,
    too_many_columns: t`with too many columns`,
    not_utf8: t`with letters that cannot be read`,
    not_json: t`that cannot be read`,
    cut_off: t`that are cut off`,
  };
}
