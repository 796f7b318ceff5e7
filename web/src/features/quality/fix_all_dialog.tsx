// SPDX-License-Identifier: Apache-2.0
// All suggestions of what the queue shows: how many, the first of them as they would become, then
// the work with its progress, and back again.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { refresh_record } from "../../api/queries";
import type { TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { watch_job } from "../../records/jobs/watched_jobs";
import { DiffView } from "./diff_view";
import { FixRun } from "./fix_run";
import classes from "./quality.module.css";
import { useQualityErrors } from "./quality_errors";
import { type QueueFilter, refresh_quality } from "./queries";
import type { FixPreview, Rule } from "./types";
import { useFieldName } from "./words";

interface Props {
  type: TypeMeta;
  filter: QueueFilter;
  rules: Rule[];
  close: () => void;
}

interface Started {
  job: number;
  batch: number;
}

// The rules that may suggest something, of those that the queue shows.
export function rules_with_fixes(rules: Rule[], type: string, filter: QueueFilter): string[] {
  if (filter.rule) return [filter.rule];
  const wanted = filter.severity ? filter.severity.split(",") : null;
  return rules
    .filter((rule) => rule.type === type && rule.is_on && rule.fix !== "none")
    .filter((rule) => !wanted || wanted.includes(rule.severity))
    .map((rule) => rule.key);
}

// A number in the address is text; words such as "me" stay.
const id_of = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);

function body_of({ type, filter, rules }: Omit<Props, "close">) {
  const { severity, owner, group, field, value } = filter;
  const narrower = { severity, owner: id_of(owner), group: id_of(group), field, value };
  return {
    type: type.name,
    rules: rules_with_fixes(rules, type.name, filter),
    ...Object.fromEntries(Object.entries(narrower).filter(([, part]) => part)),
  };
}

export default function FixAllDialog(props: Props) {
  const { t } = useLingui();
  const errors = useQualityErrors();
  const { type } = props;
  // What was asked for when it opened: the queue behind it changes while it works.
  const [body] = useState(() => body_of(props));
  const [started, set_started] = useState<Started | null>(null);
  const [over, set_over] = useState(false);
  const preview = useQuery({
    queryKey: ["quality_fixes", body],
    queryFn: () => api.post<FixPreview>("/quality/fixes", { ...body, preview: true }),
    enabled: !started && body.rules.length > 0,
    staleTime: 0,
    gcTime: 0,
  });
  const start = useMutation({
    mutationFn: () => api.post<Started>("/quality/fixes", body),
    onSuccess: set_started,
  });
  const { data } = preview;
  const count = number_text(data?.count ?? 0, 0);
  const close = () => {
    if (started && !over) watch_job(started.job);
    props.close();
  };
  const refresh = () => {
    set_over(true);
    refresh_record(type.plural);
    void refresh_quality();
  };
  return (
    <Modal
      opened
      onClose={close}
      size={640}
      title={t`Apply all suggestions`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {started ? (
        <FixRun {...started} on_over={refresh} close={close} />
      ) : preview.isLoading ? (
        <div role="status" aria-label={t`Loading`}>
          <SkeletonLines count={8} />
        </div>
      ) : preview.error ? (
        <ErrorState
          title={t`The preview could not be made`}
          detail={errors.whole(preview.error)}
          retry={() => void preview.refetch()}
          retry_label={t`Try again`}
        />
      ) : data?.count ? (
        <div className="stack">
          <Sample type={type} preview={data} />
          {start.error && (
            <p role="alert" className={classes.problem}>
              {errors.whole(start.error)}
            </p>
          )}
          <footer className={classes.dialog_foot}>
            <span className="small dim">{t`All of it can be taken back.`}</span>
            <Button variant="default" ml="auto" onClick={close}>
              {t`Cancel`}
            </Button>
            <Button loading={start.isPending} data-autofocus onClick={() => start.mutate()}>
              {t`Apply ${count} suggestions`}
            </Button>
          </footer>
        </div>
      ) : (
        <EmptyState title={t`No suggestions here`}>
          {t`What was found here has to be put right by hand.`}
        </EmptyState>
      )}
    </Modal>
  );
}

function Sample({ type, preview }: { type: TypeMeta; preview: FixPreview }) {
  const { t } = useLingui();
  const field_name = useFieldName();
  const count = number_text(preview.count, 0);
  const first = number_text(preview.sample.length, 0);
  const by_hand = number_text(preview.not_fixable, 0);
  const forbidden = number_text(preview.not_allowed, 0);
  return (
    <section aria-label={t`Preview`} className="stack">
      <div>
        <p className="card_title">
          {preview.capped
            ? t`At least ${count} values would change`
            : t`${count} values would change`}
        </p>
        {preview.not_fixable > 0 && (
          <p className="small dim">{t`${by_hand} more have no suggestion.`}</p>
        )}
        {preview.not_allowed > 0 && (
          <p className="small dim">{t`${forbidden} more you may not change.`}</p>
        )}
        {preview.count > preview.sample.length && (
          <p className="small dim">{t`The first ${first} of them:`}</p>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: is scrolled with the keys */}
      <ul className={classes.sample} tabIndex={0} aria-label={t`Sample`}>
        {preview.sample.map((one) => (
          <li key={one.finding}>
            <span className="clip">{one.name || `#${one.id}`}</span>
            <span className="dim clip">{field_name(type, one.field)}</span>
            <DiffView before={one.value} after={one.suggestion.value} />
          </li>
        ))}
      </ul>
    </section>
  );
}
