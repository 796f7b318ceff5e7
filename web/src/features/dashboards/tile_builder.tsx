// SPDX-License-Identifier: Apache-2.0
// A tile without code: what it is about, what it measures, how it looks; beside it what comes out.
import { useLingui } from "@lingui/react/macro";
import { Button, NumberInput, SegmentedControl, Select, Switch, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { ApiError, api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { FieldMeta, TypeMeta } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { toast, toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { field_problem_text } from "../../records/error_text";
import { FilterChips } from "../../records/filter/filter_chips";
import { parse_filter } from "../../records/filter/filter_text";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { AnswerTable } from "./answer_table";
import own from "./builder.module.css";
import { ColumnsInput, GroupInputs, MeasureInputs } from "./builder_inputs";
import { fit_presentation, time_fields } from "./builder_rules";
import { ComparisonInput, without_periods } from "./comparison_input";
import { CurrencyInput } from "./currency_input";
import classes from "./dashboards.module.css";
import { ExternalForm } from "./external_form";
import { preview_query } from "./queries";
import { SelectionInput } from "./selection_input";
import { TileBody, useShape } from "./tile_body";
import type { Definition } from "./types";
import { PRESENTATIONS, TILE_PERIODS } from "./words";

const TileVersions = lazy(() => import("./tile_versions"));

const TYPING_MS = 350;
const HIDDEN = ["user", "group", "list_item"];

interface Props {
  start: Definition;
  // The standard tile that the placed one comes from.
  standard?: string | null;
  save: (definition: Definition) => void;
  close: () => void;
}

export default function TileBuilder({ start, standard, save, close }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [draft, set_draft] = useState<Definition>(start);
  const change = (part: Partial<Definition>) =>
    set_draft((old) => without_empty({ ...old, ...part }));
  const title = typeof draft.title === "string" ? draft.title : dictionary.text(draft.title, "");
  const type = dictionary.type(draft.record_type ?? "");
  return (
    <Modal
      opened
      onClose={close}
      title={t`Build a tile`}
      size="min(1240px, 97vw)"
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form
        className={own.builder}
        onSubmit={(event) => {
          event.preventDefault();
          save({ ...draft, title: title || t`My tile` });
        }}
      >
        <div className={own.builder_form}>
          <TextInput
            label={t`Title`}
            value={title}
            data-autofocus
            onChange={(event) => change({ title: event.currentTarget.value })}
          />
          {draft.presentation !== "web" && <Origin draft={draft} set={set_draft} />}
          {draft.presentation === "web" ? (
            <WebForm draft={draft} change={change} />
          ) : draft.source ? (
            <ExternalForm draft={draft} change={change} set={set_draft} />
          ) : (
            <RecordForm draft={draft} change={change} type={type} set={set_draft} />
          )}
          <div className={own.builder_end}>
            {standard && (
              <ForEveryone
                standard={standard}
                definition={{ ...draft, title: title || t`My tile` }}
                close={close}
              />
            )}
            <Button variant="default" onClick={close}>
              {t`Cancel`}
            </Button>
            <Button type="submit">{t`Place on the page`}</Button>
          </div>
        </div>
        <Preview draft={{ ...draft, title: title || t`My tile` }} />
      </form>
    </Modal>
  );
}

interface EveryoneProps {
  standard: string;
  definition: Definition;
  close: () => void;
}

// Administrators change the standard tile itself: every placed tile that follows it changes.
function ForEveryone({ standard, definition, close }: EveryoneProps) {
  const { t } = useLingui();
  const { may } = useDictionary();
  const error_text = useErrorText();
  const [versions, set_versions] = useState(false);
  const run = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => {
      for (const name of ["tile_library", "dashboard", "tile"])
        void query_client.invalidateQueries({ queryKey: [name] });
      toast(t`The standard tile is changed for everyone`);
      close();
    },
    onError: (error) => toast_error(error_text(error)),
  });
  if (!may("administer")) return null;
  const path = `/tiles/${standard}`;
  return (
    <>
      <Button variant="subtle" color="gray" onClick={() => run.mutate(() => api.remove(path))}>
        {t`As it came`}
      </Button>
      <Button variant="subtle" color="gray" onClick={() => set_versions(true)}>
        {t`Earlier versions`}
      </Button>
      {versions && (
        <Suspense>
          <TileVersions
            path={path}
            restore={(id) => run.mutate(() => api.post(`${path}/versions/${id}/restore`))}
            is_busy={run.isPending}
            close={() => set_versions(false)}
          />
        </Suspense>
      )}
      <Button
        variant="default"
        loading={run.isPending}
        onClick={() => run.mutate(() => api.put(path, definition))}
      >
        {t`Change for everyone`}
      </Button>
    </>
  );
}

// Whoever writes an address chooses what is read with the house's key: administrators do.
function Origin({ draft, set }: { draft: Definition; set: (definition: Definition) => void }) {
  const { t } = useLingui();
  const { may } = useDictionary();
  if (!may("administer") && !draft.source) return null;
  return (
    <SegmentedControl
      aria-label={t`Where the numbers come from`}
      value={draft.source ? "external" : "records"}
      data={[
        { value: "records", label: t`Records here` },
        { value: "external", label: t`Another system` },
      ]}
      onChange={(value) =>
        set(
          value === "external"
            ? {
                title: draft.title,
                presentation: "column",
                source: { url: "https://", rows: "", label: "/name", value: "/value" },
              }
            : { title: draft.title, presentation: "number", record_type: "sale", scope: "all" },
        )
      }
    />
  );
}

const MERGE_FIELDS = [
  ...["id", "name", "email", "language", "group"].map((name) => `{user.${name}}`),
  ...["{record.id}", "{record.name}", "{token}"],
].join(" ");

function WebForm({ draft, change }: Omit<PartProps, "type">) {
  const { t } = useLingui();
  return (
    <TextInput
      label={t`Address`}
      description={t`It may hold who looks: ${MERGE_FIELDS}`}
      placeholder="https://"
      type="url"
      value={draft.url ?? ""}
      onChange={(event) => change({ url: event.currentTarget.value })}
    />
  );
}

function without_empty(definition: Definition): Definition {
  const kept = Object.entries(definition).filter(
    ([name, value]) =>
      name === "title" ||
      (value !== undefined && value !== "" && !(Array.isArray(value) && !value.length)),
  );
  return Object.fromEntries(kept) as unknown as Definition;
}

interface FormProps {
  draft: Definition;
  change: (part: Partial<Definition>) => void;
  set: (definition: Definition) => void;
  type: TypeMeta | undefined;
}

function RecordForm({ draft, change, set, type }: FormProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const types = dictionary.meta.types
    .filter((one) => !HIDDEN.includes(one.name) && dictionary.can(one.name, "read"))
    .map((one) => ({ value: one.name, label: dictionary.text(one.label_plural, one.plural) }));
  const list = draft.presentation === "list";
  return (
    <>
      <div className={own.pair}>
        <Select
          label={t`About`}
          data={types}
          value={draft.record_type ?? null}
          allowDeselect={false}
          searchable
          onChange={(name) =>
            set({
              title: draft.title,
              presentation: "number",
              record_type: name ?? "sale",
              scope: "all",
            })
          }
        />
        <Select
          label={t`Shown as`}
          data={PRESENTATIONS.map((one) => ({ value: one.value, label: translate(one.label) }))}
          value={draft.presentation}
          allowDeselect={false}
          onChange={(value) =>
            type && set(fit_presentation(draft, value as Definition["presentation"], type))
          }
        />
      </div>
      {type && (
        <>
          <FilterInput type={type} draft={draft} change={change} />
          <SelectionInput type={type} draft={draft} change={change} />
          {list ? (
            <ColumnsInput type={type} draft={draft} change={change} />
          ) : (
            <>
              <MeasureInputs type={type} draft={draft} change={change} />
              <GroupInputs type={type} draft={draft} change={change} />
            </>
          )}
          <ScopeAndTime type={type} draft={draft} change={change} />
        </>
      )}
    </>
  );
}

interface PartProps {
  type: TypeMeta;
  draft: Definition;
  change: (part: Partial<Definition>) => void;
}

function FilterInput({ type, draft, change }: PartProps) {
  const { t } = useLingui();
  const conditions = parse_filter(draft.filter ?? "");
  if (!conditions) {
    return (
      <TextInput
        label={t`Only those that`}
        description={t`A filter with more than chips can show is edited as text.`}
        value={draft.filter ?? ""}
        spellCheck={false}
        onChange={(event) => change({ filter: event.currentTarget.value })}
      />
    );
  }
  return (
    // The form of a condition lies inside this one for React, though not for the page.
    <fieldset className={own.fieldset} onSubmit={(event) => event.stopPropagation()}>
      <legend>{t`Only those that`}</legend>
      <div className={own.chips}>
        <FilterChips type={type} conditions={conditions} change={(filter) => change({ filter })} />
      </div>
    </fieldset>
  );
}

function ScopeAndTime({ type, draft, change }: PartProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const fields = time_fields(type).map((field: FieldMeta) => ({
    value: field.name,
    label: dictionary.text(field.label, field.name),
  }));
  const chart = draft.presentation !== "list";
  const groups = draft.group_by?.length ?? 0;
  return (
    <>
      {type.owned && (
        <Select
          label={t`Whose`}
          allowDeselect={false}
          value={draft.scope ?? "all"}
          onChange={(scope) => change({ scope: scope as NonNullable<Definition["scope"]> })}
          data={[
            { value: "all", label: t`Everyone's, as far as the viewer may see` },
            { value: "mine", label: t`The viewer's own` },
            { value: "my_group", label: t`The viewer's primary group's` },
            { value: "viewer", label: t`As the viewer chooses on the page` },
          ]}
        />
      )}
      <div className={own.pair}>
        <Select
          label={t`Date`}
          data={fields}
          clearable
          value={draft.period_field ?? null}
          onChange={(field) =>
            change(
              field
                ? { period_field: field }
                : { period_field: "", period: "", ...without_periods(draft) },
            )
          }
        />
        <Select
          label={t`Period`}
          clearable
          disabled={!draft.period_field}
          value={draft.period ?? null}
          data={TILE_PERIODS.map((one) => ({ value: one.value, label: translate(one.label) }))}
          onChange={(period) => change({ period: period ?? "" })}
        />
      </div>
      {chart && groups < 2 && <ComparisonInput type={type} draft={draft} change={change} />}
      {chart && <CurrencyInput type={type} draft={draft} change={change} />}
      {chart && groups > 0 && (
        <div className={own.pair}>
          <NumberInput
            label={t`At most so many`}
            min={1}
            max={200}
            value={draft.limit ?? ""}
            onChange={(limit) => change({ limit: (Number(limit) || undefined) as never })}
          />
          <Switch
            className={own.others_switch}
            label={t`Add up the others`}
            checked={draft.others ?? false}
            disabled={!draft.limit}
            onChange={(event) => change({ others: event.currentTarget.checked })}
          />
        </div>
      )}
      {(draft.presentation === "gauge" || draft.presentation === "number") && (
        <NumberInput
          label={t`Target`}
          value={draft.target ?? ""}
          onChange={(target) =>
            change({ target: (target === "" ? undefined : Number(target)) as never })
          }
        />
      )}
    </>
  );
}

function Preview({ draft }: { draft: Definition }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const error_text = useErrorText();
  const [settled] = useDebouncedValue(draft, TYPING_MS);
  const answer = useQuery(preview_query(settled));
  const shape = useShape(answer.data);
  const problem = answer.error instanceof ApiError ? answer.error.errors[0] : undefined;
  return (
    <div className={own.builder_preview}>
      <section
        className={classes.tile}
        data-kind={draft.presentation}
        data-stale={answer.isPlaceholderData || undefined}
        aria-label={t`Preview`}
      >
        <header className={classes.tile_head}>
          <h3 className={`${classes.tile_title} clip`}>{String(draft.title)}</h3>
        </header>
        <div className={classes.tile_body}>
          {answer.error ? (
            <div className={classes.state} role="status">
              <p>
                {problem
                  ? `${problem.field}: ${field_problem_text(problem, translate)}`
                  : error_text(answer.error)}
              </p>
            </div>
          ) : (
            <TileBody
              answer={answer.data}
              error={null}
              retry={() => void answer.refetch()}
              as_table={false}
            />
          )}
        </div>
      </section>
      {!answer.error && answer.data?.kind === "chart" && shape && answer.data.groups.length > 0 && (
        <div className={own.preview_table}>
          <AnswerTable answer={answer.data} shape={shape} caption={t`The numbers`} />
        </div>
      )}
    </div>
  );
}
