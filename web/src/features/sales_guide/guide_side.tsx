// SPDX-License-Identifier: Apache-2.0
// What the guide suggests in the present stage of a sale; each suggestion is one click.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Menu } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import {
  IconCheck,
  IconChevronRight,
  IconCircle,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleDot,
  IconDots,
} from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useId, useState } from "react";
import { when_records_change } from "../../api/events";
import { query_client, refresh_record } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { near_text } from "../../base/format";
import { toast, toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import { is_lost, outcome_of, progress_of, standing, steps_of } from "./guide_parts";
import { sale_guide_query, set_step } from "./guide_queries";
import type { Step, StepState } from "./guide_types";
import classes from "./sales_guide.module.css";

const PHONE = "(max-width: 900px)";

export default function GuideSide({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const guide = useQuery(sale_guide_query(record.id));
  const narrow = useMediaQuery(PHONE, window.matchMedia(PHONE).matches) ?? false;
  const [opened, set_opened] = useState(!narrow && !outcome_of(record.status));
  const body = useId();
  useFollowChanges(record);
  const stage = String(record.stage ?? "");
  const steps = steps_of(guide.data, stage);
  if (!steps.length) return null;
  const { settled, all } = progress_of(steps);
  const item = dictionary.item(dictionary.field(type, "stage")?.list, stage);
  const title = `${t`Guide`}: ${dictionary.text(item?.label, stage)}`;
  return (
    <section className={classes.guide} aria-label={title}>
      <h2 className={classes.guide_title}>
        <button
          type="button"
          className={`plain ${classes.fold}`}
          aria-expanded={opened}
          aria-controls={body}
          onClick={() => set_opened(!opened)}
        >
          <IconChevronRight size={14} aria-hidden />
          {title}
        </button>
        <span className="dim tabular">{t`${settled} of ${all}`}</span>
      </h2>
      <ul id={body} hidden={!opened} className={classes.steps}>
        {opened &&
          steps.map((step) => (
            <StepRow
              key={step.key}
              sale={record}
              plural={type.plural}
              step={step}
              may_change={guide.data?.may_change ?? false}
            />
          ))}
      </ul>
    </section>
  );
}

// The sale itself tells when a step became another; an activity of its own what became of it.
function useFollowChanges(record: Row) {
  const { id } = record;
  const { version } = record;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version may be in another stage
  useEffect(() => {
    void query_client.invalidateQueries({ queryKey: sale_guide_query(id).queryKey });
  }, [id, version]);
  useEffect(
    () =>
      when_records_change((types) => {
        if (types.has("activity") || types.has("sale"))
          void query_client.invalidateQueries({ queryKey: sale_guide_query(id).queryKey });
      }),
    [id],
  );
}

interface RowProps {
  sale: Row;
  plural: string;
  step: Step;
  may_change: boolean;
}

function StepRow({ sale, plural, step, may_change }: RowProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const title = dictionary.text(step.title, step.key);
  const text = dictionary.text(step.text);
  const save = useMutation({
    mutationFn: (state: StepState) => set_step(sale.id, step.key, state),
    onSuccess: (_, state) => {
      if (state !== "created") return;
      toast(t`Created: ${title}`);
      refresh_record(plural, sale.id);
      void query_client.invalidateQueries({ queryKey: ["list", "activities"] });
    },
    onError: (error) => toast_error(error_text(error)),
  });
  const state = standing(step);
  const open = step.state === "open" || is_lost(step);
  const kind = dictionary.item("activity_kind", step.kind);
  return (
    <li className={classes.step} data-state={state} data-suggestion={step.key}>
      <StateIcon state={is_lost(step) ? "open" : state} />
      <div className="grow">
        <p className={classes.step_title}>{title}</p>
        {text && open && <p className={classes.step_text}>{text}</p>}
        <p className={classes.step_facts}>
          <span>{dictionary.text(kind?.label, step.kind)}</span>
          {step.activity ? (
            <Link
              to="/$plural/$id"
              params={{ plural: "activities", id: String(step.activity.id) }}
              aria-label={t`Open the activity: ${title}`}
            >
              {near_text(step.activity.starts_at)}
            </Link>
          ) : (
            open && <WhenText days={step.days} />
          )}
          {!open && <StateText state={state} />}
        </p>
      </div>
      {may_change && (
        <div className={classes.step_actions}>
          {open && dictionary.can("activity", "create") && (
            <Button
              size="compact-sm"
              variant="default"
              loading={save.isPending}
              aria-label={t`Create the activity: ${title}`}
              onClick={() => save.mutate("created")}
            >
              {t`Create`}
            </Button>
          )}
          <Menu position="bottom-end" width={190}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t`More for: ${title}`}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {state !== "done" && (
                <Menu.Item
                  leftSection={<IconCheck size={15} />}
                  onClick={() => save.mutate("done")}
                >
                  {t`Mark as done`}
                </Menu.Item>
              )}
              {step.state !== "skipped" && (
                <Menu.Item
                  leftSection={<IconCircleDashed size={15} />}
                  onClick={() => save.mutate("skipped")}
                >
                  {t`Skip`}
                </Menu.Item>
              )}
              {step.state !== "open" && (
                <Menu.Item
                  leftSection={<IconCircle size={15} />}
                  onClick={() => save.mutate("open")}
                >
                  {t`Open again`}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </li>
  );
}

function StateIcon({ state }: { state: StepState }) {
  const icons = {
    open: IconCircle,
    done: IconCircleCheckFilled,
    skipped: IconCircleDashed,
    created: IconCircleDot,
  };
  const Icon = icons[state];
  return <Icon size={16} className={classes.step_icon} aria-hidden />;
}

function StateText({ state }: { state: StepState }) {
  const { t } = useLingui();
  const words = { open: "", done: t`Done`, skipped: t`Skipped`, created: t`Planned` };
  return <span>{words[state]}</span>;
}

function WhenText({ days }: { days: number }) {
  const { t } = useLingui();
  if (days === 0) return <span>{t`Today`}</span>;
  if (days === 1) return <span>{t`In a day`}</span>;
  return <span>{t`In ${days} days`}</span>;
}
