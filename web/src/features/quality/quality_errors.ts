// SPDX-License-Identifier: Apache-2.0
// Refusals that only data quality knows, in words; all others as everywhere.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { ApiError } from "../../api/client";
import { useErrorText, useTranslate } from "../../records/use_translate";

const WORDS: Record<string, MessageDescriptor> = {
  "quality/no_such_finding": msg`It has been put right meanwhile, or you may not see it.`,
  "quality/nothing_to_fix": msg`It has been put right meanwhile.`,
  "quality/running": msg`All records are being looked at already.`,
  "quality/too_many_rules": msg`There are too many rules. Remove some first.`,
  "quality/rule_stale": msg`Someone else changed this meanwhile.`,
  "quality/no_such_rule": msg`This rule has been removed.`,
};

const FIELD_WORDS: Record<string, MessageDescriptor> = {
  wrong_form: msg`Only small letters a to z, digits and _`,
  unknown_type: msg`Choose a record type.`,
  unknown: msg`Not on the list`,
  check_or_filter: msg`Say which records are wrong: by a check or by conditions.`,
};

export function useQualityErrors() {
  const translate = useTranslate();
  const error_text = useErrorText();
  return {
    whole: (error: unknown): string => {
      const words = error instanceof ApiError ? WORDS[error.code] : undefined;
      return words ? translate(words) : error_text(error);
    },
    of_field: (error: unknown, field: string): MessageDescriptor | undefined => {
      if (!(error instanceof ApiError)) return undefined;
      const problem = error.errors.find((one) => one.field === field);
      return problem && FIELD_WORDS[problem.code.split("/").at(-1) ?? ""];
    },
  };
}
