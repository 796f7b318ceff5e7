// SPDX-License-Identifier: Apache-2.0
// The five steps, forth and back. The step is part of the address; what was said is kept when it is
// left.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { ImportState, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { field_errors } from "../../records/error_text";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { CheckStep } from "./check_step";
import { ColumnsStep } from "./columns_step";
import { FileStep } from "./file_step";
import { label_of } from "./import_columns";
import { is_at_work, is_described, is_open, STEPS, type StepName, step_of } from "./import_draft";
import { ImportProgress } from "./import_progress";
import classes from "./imports.module.css";
import { OutcomeStep } from "./outcome_step";
import { RulesStep } from "./rules_step";
import { useDraft } from "./use_draft";
import { useTargets } from "./use_targets";

type Order = "dry-run" | "run" | "reversal" | "decisions/run";

export function ImportWizard({ type, state }: { type: TypeMeta; state: ImportState }) {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { step?: string };
  const step = step_of(search.step, state);
  const { draft, change, save } = useDraft(type, state);
  const [asking, set_asking] = useState<"run" | "reversal" | null>(null);
  const show = (next: StepName) =>
    void navigate({ to: `/import/${state.id}` as string, search: { step: next } as never });
  const go = useMutation({ mutationFn: save });
  const go_to = (next: StepName) => go.mutate(undefined, { onSuccess: () => show(next) });
  const order = useMutation({
    mutationFn: async (what: Order) => {
      if (what === "dry-run") await save();
      await api.post<{ job: number }>(`/imports/${state.id}/${what}`);
      await query_client.invalidateQueries({ queryKey: ["import", state.id] });
    },
    onSuccess: (_, what) => {
      set_asking(null);
      show(what === "dry-run" ? "check" : "outcome");
    },
  });
  const refresh = () => {
    for (const key of ["import", "imports", "list", "import_questions"]) {
      void query_client.invalidateQueries({ queryKey: [key] });
    }
  };
  const props = { type, state, draft, change, save };
  const problem = order.error ?? go.error;
  return (
    <div className="stack" style={{ gap: 20 }}>
      <StepList step={step} state={state} go_to={go_to} />
      <StepTitle step={step} />
      {is_at_work(state) && state.job && (
        <ImportProgress key={state.job} job={state.job} on_over={refresh} />
      )}
      {step === "file" && <FileStep {...props} />}
      {step === "columns" && <ColumnsStep {...props} />}
      {step === "rules" && <RulesStep {...props} />}
      {step === "check" && <CheckStep {...props} />}
      {step === "outcome" && (
        <OutcomeStep {...props} decide={() => order.mutate("decisions/run")} />
      )}
      {problem && <Problem type={type} error={problem} />}
      <StepBar
        {...props}
        step={step}
        go_to={go_to}
        dry_run={() => order.mutate("dry-run")}
        ask={set_asking}
        busy={order.isPending || go.isPending}
      />
      {asking && (
        <AskDialog
          asking={asking}
          state={state}
          busy={order.isPending}
          confirm={() => order.mutate(asking)}
          close={() => set_asking(null)}
        />
      )}
    </div>
  );
}

// Which field of the mapping is refused, and why.
function Problem({ type, error }: { type: TypeMeta; error: Error }) {
  const error_text = useErrorText();
  const translate = useTranslate();
  const targets = useTargets(type);
  const name_of = (field: string) =>
    label_of(targets, field.replace(/^(transforms|constants)\./, ""));
  return (
    <div role="alert" className={classes.problem}>
      <p>{error_text(error)}</p>
      {Object.entries(field_errors(error, translate)).map(([field, text]) => (
        <p key={field} className="small">{`${name_of(field)}: ${text}`}</p>
      ))}
    </div>
  );
}

function useStepWords(): Record<StepName, string> {
  const { t } = useLingui();
  return {
    file: t`File`,
    columns: t`Columns`,
    rules: t`Rules`,
    check: t`Dry run`,
    outcome: t`Outcome`,
  };
}

interface ListProps {
  step: StepName;
  state: ImportState;
  go_to: (step: StepName) => void;
}

function StepList({ step, state, go_to }: ListProps) {
  const { t } = useLingui();
  const words = useStepWords();
  return (
    <nav aria-label={t`Steps`}>
      <ol className={classes.steps_list}>
        {STEPS.map((name, at) => (
          <li
            key={name}
            aria-current={name === step ? "step" : undefined}
            data-past={at < STEPS.indexOf(step) || undefined}
          >
            <button
              type="button"
              disabled={name === step || (name === "outcome" ? !state.batch : !is_open(state))}
              onClick={() => go_to(name)}
            >
              <span className={classes.step_number}>{at + 1}</span>
              <span className={classes.step_name}>{words[name]}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

// Whoever reads with the ears hears where they are when the step changes.
function StepTitle({ step }: { step: StepName }) {
  const { t } = useLingui();
  const title = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    title.current?.focus();
  }, [step]);
  const words: Record<StepName, string> = {
    file: t`1. How is the file read?`,
    columns: t`2. Which column is what?`,
    rules: t`3. What may the rows do?`,
    check: t`4. What would happen`,
    outcome: t`5. What happened`,
  };
  return (
    <h2 ref={title} tabIndex={-1} className={classes.title}>
      {words[step]}
    </h2>
  );
}

interface BarProps {
  step: StepName;
  state: ImportState;
  draft: ReturnType<typeof useDraft>["draft"];
  go_to: (step: StepName) => void;
  dry_run: () => void;
  ask: (what: "run" | "reversal") => void;
  busy: boolean;
}

function StepBar({ step, state, draft, go_to, dry_run, ask, busy }: BarProps) {
  const { t } = useLingui();
  const at = STEPS.indexOf(step);
  const before = STEPS[at - 1];
  const after = STEPS[at + 1];
  const mapped = Object.keys(draft.mapping).length > 0;
  const described = is_described(draft);
  const checked = state.status === "checked";
  const open = is_open(state);
  return (
    <div className={classes.bar}>
      {open && before && (
        <Button variant="default" disabled={busy} onClick={() => go_to(before)}>
          {t`Back`}
        </Button>
      )}
      {open && after && at < STEPS.indexOf("check") && (
        <Button disabled={busy || (step === "columns" && !mapped)} onClick={() => go_to(after)}>
          {t`Next`}
        </Button>
      )}
      {open && step === "check" && (
        <>
          <Button
            variant={checked ? "default" : "filled"}
            disabled={!mapped || !described || busy}
            onClick={dry_run}
          >
            {checked ? t`Dry run again` : t`Dry run`}
          </Button>
          {checked && <Button onClick={() => ask("run")}>{t`Run the import`}</Button>}
        </>
      )}
      {step === "outcome" && ["done", "failed"].includes(state.status) && state.batch && (
        <Button variant="default" onClick={() => ask("reversal")}>
          {t`Take the import back`}
        </Button>
      )}
      {(state.counts?.failed ?? 0) > 0 && ["check", "outcome"].includes(step) && (
        <Button
          variant="subtle"
          component="a"
          href={api.url(`/imports/${state.id}/errors.csv`)}
          download
        >
          {t`Download the rows with errors`}
        </Button>
      )}
    </div>
  );
}

interface AskProps {
  asking: "run" | "reversal";
  state: ImportState;
  busy: boolean;
  confirm: () => void;
  close: () => void;
}

function AskDialog({ asking, state, busy, confirm, close }: AskProps) {
  const { t } = useLingui();
  const rows = number_text(state.counts?.rows ?? state.rows_estimate ?? 0, 0);
  return (
    <ConfirmDialog
      title={asking === "run" ? t`Import ${rows} rows?` : t`Take the import back?`}
      confirm={asking === "run" ? t`Run the import` : t`Take it back`}
      cancel={t`Cancel`}
      busy={busy}
      on_confirm={confirm}
      close={close}
    >
      {asking === "run"
        ? t`You can leave the page meanwhile, and take the whole import back afterwards.`
        : t`New records are archived; changed values become what they were, if still unchanged.`}
    </ConfirmDialog>
  );
}
