// SPDX-License-Identifier: Apache-2.0
// What a run has done, what is left to decide, and the way back.
import { useLingui } from "@lingui/react/macro";
import { EmptyState } from "../../kit/states";
import { ImportCounts } from "./import_counts";
import { DescribedRows, ErrorRows } from "./import_outcome";
import { QuestionsCard } from "./questions_card";
import { RememberForm } from "./remember_form";
import { ReversalRefused } from "./reversal_refused";
import type { StepProps } from "./step_props";

const SAMPLE_SHOWN = 12;
const ERRORS_SHOWN = 20;

interface Props extends StepProps {
  decide: () => void;
}

export function OutcomeStep({ type, state, draft, decide }: Props) {
  const { t } = useLingui();
  if (!state.batch) return <EmptyState title={t`The import has not been run yet`} />;
  const ended = state.status === "done" || state.status === "failed";
  return (
    <div className="stack" style={{ gap: 20 }}>
      {state.counts?.rows !== undefined && <ImportCounts counts={state.counts} />}
      {state.status === "reversed" && state.job && <ReversalRefused type={type} job={state.job} />}
      {ended && <QuestionsCard type={type} state={state} run={decide} />}
      {state.sample && state.sample.length > 0 && (
        <DescribedRows type={type} rows={state.sample.slice(0, SAMPLE_SHOWN)} />
      )}
      <ErrorRows type={type} errors={(state.errors ?? []).slice(0, ERRORS_SHOWN)} />
      {state.status === "done" && <RememberForm import_id={state.id} source={draft.source.name} />}
    </div>
  );
}
