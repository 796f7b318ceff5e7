// SPDX-License-Identifier: Apache-2.0
// The dry run: what every row would do. Nothing is stored.
import { useLingui } from "@lingui/react/macro";
import { DiffPager } from "./diff_pager";
import { ImportCounts } from "./import_counts";
import { is_described } from "./import_draft";
import { ErrorRows } from "./import_outcome";
import { QuestionsCard } from "./questions_card";
import type { StepProps } from "./step_props";

const ERRORS_SHOWN = 20;

export function CheckStep({ type, state, draft }: StepProps) {
  const { t } = useLingui();
  if (state.status !== "checked" || !state.counts) {
    const can = is_described(draft);
    return (
      <p className="dim">
        {can
          ? t`The dry run reads the whole file and counts what would happen. Nothing is stored.`
          : t`Say where the data come from first: it is kept with every value.`}
      </p>
    );
  }
  return (
    <div className="stack" style={{ gap: 20 }}>
      <ImportCounts counts={state.counts} />
      <ErrorRows type={type} errors={(state.errors ?? []).slice(0, ERRORS_SHOWN)} />
      <QuestionsCard type={type} state={state} />
      <DiffPager type={type} state={state} />
    </div>
  );
}
