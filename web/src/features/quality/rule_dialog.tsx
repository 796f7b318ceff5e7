// SPDX-License-Identifier: Apache-2.0
// A rule being written: which records are wrong, how bad that is, what is said, and what is
// suggested; with how many it would find, before it is kept.
import { useLingui } from "@lingui/react/macro";
import { Button, NumberInput, SegmentedControl, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { Modal } from "../../kit/dialog";
import { SkeletonLines } from "../../kit/states";
import { toast } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { field_errors } from "../../records/error_text";
import { LabelInputs } from "../../records/label_inputs";
import { useTranslate } from "../../records/use_translate";
import marks from "./quality.module.css";
import { useQualityErrors } from "./quality_errors";
import { checks_query, refresh_rules } from "./queries";
import { draft_of, fresh_draft, is_complete, type RuleDraft, wire_of } from "./rule_draft";
import { RuleFix } from "./rule_fix";
import { RulePreview } from "./rule_preview";
import { RuleWhat } from "./rule_what";
import classes from "./rules.module.css";
import { type Rule, SEVERITIES, type Severity } from "./types";
import { SEVERITY_WORDS } from "./words";

const MESSAGE_MAX = 200;
const WEIGHT_MAX = 100;

interface Props {
  rule: Rule | null;
  close: () => void;
}

export default function RuleDialog({ rule, close }: Props) {
  const { t } = useLingui();
  const checks = useQuery(checks_query);
  return (
    <Modal
      opened
      onClose={close}
      size={640}
      title={rule ? rule.text : t`New rule`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {checks.isPending ? (
        <SkeletonLines count={8} />
      ) : (
        <RuleForm rule={rule} checks={checks.data?.checks ?? []} close={close} />
      )}
    </Modal>
  );
}

function useErrorsOf(error: unknown) {
  const translate = useTranslate();
  const errors = useQualityErrors();
  const usual = field_errors(error, translate);
  const of = (field: string) => {
    const own = errors.of_field(error, field);
    return own ? translate(own) : usual[field];
  };
  // What stands at no input is said below.
  const whole = error && !Object.keys(usual).length ? errors.whole(error) : undefined;
  return { of, whole };
}

type FormProps = Props & { checks: Parameters<typeof RuleWhat>[0]["checks"] };

function RuleForm({ rule, checks, close }: FormProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const types = dictionary.meta.types.filter((type) => !type.system);
  const [draft, set_draft] = useState<RuleDraft>(() =>
    rule ? draft_of(rule) : fresh_draft(types[0]?.name ?? ""),
  );
  const change = (part: Partial<RuleDraft>) => set_draft((old) => ({ ...old, ...part }));
  const type = dictionary.type(draft.type);
  const check = draft.by === "check" ? checks.find((one) => one.name === draft.check) : undefined;
  const save = useMutation({
    mutationFn: () =>
      rule
        ? api.patch<Rule>(`/quality/rules/${rule.key}`, wire_of(draft), rule.version)
        : api.post<Rule>("/quality/rules", { type: draft.type, ...wire_of(draft) }),
    onSuccess: () => {
      toast(t`Saved. The records are being looked at with it.`);
      close();
      return refresh_rules();
    },
  });
  const errors = useErrorsOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The popover of a condition stands within; its own form is not this one.
    event.stopPropagation();
    save.mutate();
  };
  if (!type) return null;
  return (
    <div className="stack">
      {!rule && (
        <Select
          label={t`Record type`}
          allowDeselect={false}
          searchable
          value={draft.type}
          error={errors.of("type")}
          data={types.map((one) => ({
            value: one.name,
            label: dictionary.text(one.label_plural, one.plural),
          }))}
          onChange={(name) => name && set_draft({ ...fresh_draft(name), message: draft.message })}
        />
      )}
      <LabelInputs
        label={t`What is said`}
        required
        value={draft.message}
        length_max={MESSAGE_MAX}
        change={(message) => change({ message })}
      />
      {errors.of("message") && (
        <p role="alert" className={marks.problem}>
          {errors.of("message")}
        </p>
      )}
      <RuleWhat
        type={type}
        draft={draft}
        checks={checks}
        check={check}
        change={change}
        error_of={errors.of}
      />
      <Weight draft={draft} change={change} error={errors.of("weight")} />
      <RuleFix type={type} draft={draft} check={check} change={change} error_of={errors.of} />
      <RulePreview draft={draft} />
      {errors.whole && (
        <p role="alert" className={marks.problem}>
          {errors.whole}
        </p>
      )}
      <form className={marks.dialog_foot} onSubmit={submit}>
        <Button variant="default" ml="auto" onClick={close}>
          {t`Cancel`}
        </Button>
        <Button type="submit" disabled={!is_complete(draft)} loading={save.isPending}>
          {t`Save`}
        </Button>
      </form>
    </div>
  );
}

interface WeightProps {
  draft: RuleDraft;
  change: (part: Partial<RuleDraft>) => void;
  error: string | undefined;
}

function Weight({ draft, change, error }: WeightProps) {
  const { t } = useLingui();
  const translate = useTranslate();
  return (
    <div className={classes.pair}>
      <div>
        <p className={classes.input_label}>{t`How bad`}</p>
        <SegmentedControl
          fullWidth
          size="sm"
          aria-label={t`How bad`}
          value={draft.severity}
          data={SEVERITIES.map((value) => ({ value, label: translate(SEVERITY_WORDS[value]) }))}
          onChange={(severity) => change({ severity: severity as Severity })}
        />
      </div>
      <NumberInput
        label={t`Points that each takes off the score`}
        min={0}
        max={WEIGHT_MAX}
        allowDecimal={false}
        hideControls={false}
        value={draft.weight}
        error={error}
        onChange={(weight) => change({ weight: Number(weight) })}
      />
    </div>
  );
}
