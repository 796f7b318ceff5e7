// SPDX-License-Identifier: Apache-2.0
// A suggestion applied where the record is shown, with the way back.
import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import type { TypeMeta } from "../../api/types";
import { toast_error, toast_undo } from "../../kit/toast";
import { useQualityErrors } from "./quality_errors";
import { refresh_quality } from "./queries";
import type { Finding } from "./types";
import { fix_finding } from "./use_acts";

export function useFixOnPage(type: TypeMeta) {
  const { t } = useLingui();
  const errors = useQualityErrors();
  const undo = async (take_back: () => Promise<unknown>) => {
    try {
      await take_back();
      await refresh_quality();
    } catch (error) {
      toast_error(errors.whole(error));
    }
  };
  return useMutation({
    mutationFn: (finding: Finding) =>
      fix_finding(type, finding, finding.suggestion ?? { changes: {}, value: "" }),
    onSuccess: (take_back, { suggestion }) => {
      const value = suggestion?.value ?? "";
      toast_undo(value ? t`Applied: ${value}` : t`Emptied`, t`Undo`, () => void undo(take_back));
    },
    onError: (error) => toast_error(errors.whole(error)),
    onSettled: refresh_quality,
  });
}
