// SPDX-License-Identifier: Apache-2.0
// Settings → Sales guide: what is suggested in each stage of a sale.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, NumberInput, Select } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { Tag } from "../../kit/marks";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { toast } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { LabelInputs } from "../../records/label_inputs";
import { useErrorText } from "../../records/use_translate";
import {
  change_stage,
  DAYS_MAX,
  guide_to_save,
  has_title,
  new_key,
  SUGGESTIONS_MAX,
  stages_to_edit,
  step_suggestion,
  TEXT_MAX,
  TITLE_MAX,
} from "./guide_parts";
import { guide_query } from "./guide_queries";
import type { GuideStage, StoredGuide, Suggestion } from "./guide_types";
import classes from "./sales_guide.module.css";

export function GuidePage() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const guide = useQuery(guide_query);
  if (guide.isPending) return <SkeletonLines count={12} />;
  if (!guide.data)
    return (
      <ErrorState
        title={t`This could not be shown`}
        detail={error_text(guide.error)}
        retry={() => void guide.refetch()}
        retry_label={t`Try again`}
      />
    );
  return <GuideEditor key={guide.data.version} stored={guide.data} />;
}

function GuideEditor({ stored }: { stored: StoredGuide }) {
  const { t } = useLingui();
  const { items } = useDictionary();
  const list = items("sale_stage");
  const [first] = useState(() => stages_to_edit(stored.stages, list));
  const [stages, set_stages] = useState(first);
  return (
    <div className={classes.editor}>
      <header className={classes.editor_head}>
        <div>
          <div className="row">
            <h2>{t`Sales guide`}</h2>
            {stored.is_shipped ? (
              <Tag>{t`As it comes`}</Tag>
            ) : (
              <Tag colour="teal">{t`Changed`}</Tag>
            )}
          </div>
          <p>
            {t`What is worth doing in each stage of a sale.`}{" "}
            {t`On the sale's page each suggestion becomes an activity with one click.`}
          </p>
        </div>
        <EditorActions
          stored={stored}
          stages={stages}
          changed={stages !== first}
          reset={() => set_stages(first)}
        />
      </header>
      {stages.map((stage) => (
        <StageCard
          key={stage.stage}
          stage={stage}
          change={(edit) => set_stages((old) => change_stage(old, stage.stage, edit))}
          add={() =>
            set_stages((old) =>
              change_stage(old, stage.stage, (all) => [
                ...all,
                { key: new_key(old), kind: "task", title: {}, text: {}, days: 1, owner: "sale" },
              ]),
            )
          }
        />
      ))}
    </div>
  );
}

interface ActionsProps {
  stored: StoredGuide;
  stages: GuideStage[];
  changed: boolean;
  reset: () => void;
}

function EditorActions({ stored, stages, changed, reset }: ActionsProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [asking, set_asking] = useState(false);
  const done = (next: StoredGuide) => {
    set_asking(false);
    query_client.setQueryData(guide_query.queryKey, next);
    void query_client.invalidateQueries({ queryKey: ["sales_guide", "sale"] });
    toast(t`Saved. Open pages follow.`);
  };
  const save = useMutation({
    mutationFn: () => api.put<StoredGuide>("/sales_guide", guide_to_save(stages), stored.version),
    onSuccess: done,
  });
  const back = useMutation({
    mutationFn: () => api.remove<StoredGuide>("/sales_guide", undefined, stored.version),
    onSuccess: done,
  });
  const complete = stages.every((stage) => stage.suggestions.every((one) => has_title(one.title)));
  const error = save.error ?? back.error;
  return (
    <div className={classes.editor_actions}>
      {error && (
        <p role="alert" className={classes.wrong}>
          {error_text(error)}
        </p>
      )}
      {!stored.is_shipped && (
        <Button variant="subtle" color="gray" onClick={() => set_asking(true)}>
          {t`As it comes with the program`}
        </Button>
      )}
      <Button variant="default" disabled={!changed} onClick={reset}>
        {t`Reset`}
      </Button>
      <Button
        disabled={!changed || !complete}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {t`Save`}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t`Take back your sales guide?`}
          confirm={t`Take back`}
          cancel={t`Cancel`}
          busy={back.isPending}
          on_confirm={() => back.mutate()}
          close={() => set_asking(false)}
        >
          {t`The guide that comes with the program takes its place. Activities stay.`}
        </ConfirmDialog>
      )}
    </div>
  );
}

interface CardProps {
  stage: GuideStage;
  change: (edit: (all: Suggestion[]) => Suggestion[]) => void;
  add: () => void;
}

function StageCard({ stage, change, add }: CardProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const name = dictionary.text(dictionary.item("sale_stage", stage.stage)?.label, stage.stage);
  return (
    <section className={`card ${classes.stage_card}`} aria-label={name}>
      <h3>{name}</h3>
      {stage.suggestions.map((one, place) => (
        <SuggestionForm
          key={one.key}
          suggestion={one}
          change={(next) => change((all) => all.map((old, at) => (at === place ? next : old)))}
          step={(by) => change((all) => step_suggestion(all, place, by))}
          remove={() => change((all) => all.filter((_, at) => at !== place))}
          is_first={place === 0}
          is_last={place === stage.suggestions.length - 1}
        />
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={15} />}
        disabled={stage.suggestions.length >= SUGGESTIONS_MAX}
        aria-label={t`Add a suggestion to ${name}`}
        onClick={add}
      >
        {t`Add a suggestion`}
      </Button>
    </section>
  );
}

interface FormProps {
  suggestion: Suggestion;
  change: (next: Suggestion) => void;
  step: (by: -1 | 1) => void;
  remove: () => void;
  is_first: boolean;
  is_last: boolean;
}

function SuggestionForm({ suggestion, change, step, remove, is_first, is_last }: FormProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const title = dictionary.text(suggestion.title, t`New suggestion`);
  const put = (part: Partial<Suggestion>) => change({ ...suggestion, ...part });
  const kinds = dictionary
    .items("activity_kind")
    .filter((item) => !item.retired || item.key === suggestion.kind)
    .map((item) => ({ value: item.key, label: dictionary.text(item.label, item.key) }));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no grid everywhere
    <div role="group" aria-label={title} className={classes.suggestion}>
      <LabelInputs
        label={t`Title`}
        required
        value={suggestion.title}
        length_max={TITLE_MAX}
        change={(next) => put({ title: next })}
      />
      <div className={classes.facts}>
        <Select
          label={t`Kind`}
          allowDeselect={false}
          data={kinds}
          value={suggestion.kind}
          onChange={(kind) => kind && put({ kind })}
        />
        <NumberInput
          label={t`Days from now`}
          min={0}
          max={DAYS_MAX}
          allowDecimal={false}
          value={suggestion.days}
          onChange={(days) => put({ days: Math.min(DAYS_MAX, Math.max(0, Number(days) || 0)) })}
        />
        <Select
          label={t`Who does it`}
          allowDeselect={false}
          data={[
            { value: "sale", label: t`The owner of the sale` },
            { value: "me", label: t`Whoever clicks` },
          ]}
          value={suggestion.owner}
          onChange={(owner) => owner && put({ owner: owner as Suggestion["owner"] })}
        />
        <div className="row" style={{ gap: 2 }}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t`Move up: ${title}`}
            disabled={is_first}
            onClick={() => step(-1)}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t`Move down: ${title}`}
            disabled={is_last}
            onClick={() => step(1)}
          >
            <IconArrowDown size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t`Remove: ${title}`}
            onClick={remove}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      </div>
      <LabelInputs
        label={t`Text`}
        long
        value={suggestion.text}
        length_max={TEXT_MAX}
        change={(next) => put({ text: next })}
      />
    </div>
  );
}
