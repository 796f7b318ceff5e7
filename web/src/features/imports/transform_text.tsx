// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import type { ImportStep } from "../../api/types";

export function useStepWords(): Record<ImportStep["op"], string> {
  const { t } = useLingui();
  return {
    trim: t`Cut blanks off`,
    upper: t`Capital letters`,
    lower: t`Small letters`,
    title: t`Capital at each word`,
    split: t`Take a part`,
    replace: t`Replace values`,
    date: t`Read as a date`,
    constant: t`Always the same`,
  };
}

export function StepsText({ steps }: { steps: ImportStep[] }) {
  const { t } = useLingui();
  const words = useStepWords();
  if (!steps.length) return <span className="dim">{t`as it stands`}</span>;
  return <span>{steps.map((step) => words[step.op]).join(", ")}</span>;
}
