// SPDX-License-Identifier: Apache-2.0
// How bad a finding is, and what it is about, in words.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { IconAlertCircle, IconAlertTriangle, IconBulb } from "@tabler/icons-react";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../../records/dictionary";
import { useTranslate } from "../../records/use_translate";
import classes from "./quality.module.css";
import type { Severity } from "./types";

export const SEVERITY_WORDS: Record<Severity, MessageDescriptor> = {
  error: msg`Error`,
  warning: msg`Warning`,
  advice: msg`Advice`,
};
const ICONS = { error: IconAlertCircle, warning: IconAlertTriangle, advice: IconBulb };

export function SeverityIcon({ severity, size = 16 }: { severity: Severity; size?: number }) {
  const translate = useTranslate();
  const Icon = ICONS[severity];
  return (
    <span className={classes.severity} data-severity={severity}>
      <Icon size={size} stroke={1.8} aria-hidden />
      <span className="visually_hidden">{translate(SEVERITY_WORDS[severity])}</span>
    </span>
  );
}

// The name of what a finding is about: a field, or all phones and addresses of a record.
export function useFieldName() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  return (type: TypeMeta | undefined, field: string | null): string => {
    if (!field) return "";
    if (field === "contact_points") return t`Contact points`;
    const meta = type && dictionary.field(type, field);
    return dictionary.text(meta?.label, field);
  };
}
