// SPDX-License-Identifier: Apache-2.0
// A new appointment, or one that is changed.
import { useLingui } from "@lingui/react/macro";
import { Button, Select, Skeleton, Switch, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { record_query } from "../../api/queries";
import { Modal } from "../../kit/dialog";
import { toast } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { field_errors } from "../../records/error_text";
import { DatesFrame } from "../../records/fields/dates_frame";
import { RecordSelect } from "../../records/fields/link/record_select";
import { useErrorText, useTranslate } from "../../records/use_translate";
import classes from "./dialog.module.css";
import type { NewStart } from "./diary_parts";
import type { Entry, Scope } from "./diary_types";
import { type Draft, draft_of, has_wrong_end, is_task_draft, new_draft } from "./entry_draft";
import { PeopleField } from "./people_field";
import { reminder_choices, useReminderText } from "./reminders";
import { RepeatField } from "./repeat_field";
import { must_ask, useSaveEntry } from "./use_save_entry";
import { WhenFields } from "./when_fields";

const ScopeDialog = lazy(() => import("./scope_dialog"));

interface Props {
  start: NewStart | null;
  entry: Entry | null;
  zone: string;
  close: () => void;
}

export default function EntryDialog({ start, entry, zone, close }: Props) {
  const { t } = useLingui();
  const record = useQuery({
    ...record_query("activities", entry?.activity ?? 0),
    enabled: !!entry,
  });
  const before = entry
    ? record.data && draft_of(entry, record.data, zone)
    : start && new_draft(start);
  return (
    <Modal
      opened
      onClose={close}
      size={560}
      title={entry ? t`Change the appointment` : t`New appointment`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <DatesFrame>
        {before ? (
          <Form entry={entry} before={before} owner={start?.owner} zone={zone} close={close} />
        ) : (
          <Skeleton height={320} />
        )}
      </DatesFrame>
    </Modal>
  );
}

interface FormProps {
  entry: Entry | null;
  before: Draft;
  owner: number | undefined;
  zone: string;
  close: () => void;
}

function Form({ entry, before: opened_with, owner, zone, close }: FormProps) {
  const { t } = useLingui();
  const translate = useTranslate();
  const error_text = useErrorText();
  // As it was when the form opened: an event from elsewhere must not change what is compared.
  const [before] = useState(opened_with);
  const [draft, set_draft] = useState(before);
  const [asking, set_asking] = useState(false);
  const set = (next: Partial<Draft>) => set_draft((old) => ({ ...old, ...next }));
  const save = useSaveEntry({
    entry,
    before,
    owner,
    zone,
    saved: ({ name }) => {
      toast(entry ? t`${name} is changed` : t`${name} is in the diary`);
      close();
    },
  });
  const errors = field_errors(save.error, translate);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (has_wrong_end(draft)) return;
    if (must_ask(entry)) set_asking(true);
    else save.mutate({ draft });
  };
  const choose = (scope: Scope | null) => {
    set_asking(false);
    if (scope) save.mutate({ draft, scope });
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t`Title`}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
        value={draft.name}
        error={errors.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <KindAndWhole draft={draft} set={set} is_new={!entry} />
      <WhenFields draft={draft} set_draft={set_draft} errors={errors} />
      {!is_task_draft(draft) && (
        <RepeatField
          rule={draft.rule}
          day={draft.day}
          zone={zone}
          error={errors.recurrence}
          on_change={(rule) => set({ rule })}
        />
      )}
      <PeopleField
        people={draft.participants}
        on_change={(participants) => set({ participants })}
      />
      <About draft={draft} set={set} errors={errors} />
      {save.error != null && (
        <p role="alert" className={classes.error}>
          {error_text(save.error)}
        </p>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={close}>
          {t`Cancel`}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {entry ? t`Save` : t`Create`}
        </Button>
      </div>
      <Suspense>{asking && <ScopeDialog is_removal={false} choose={choose} />}</Suspense>
    </form>
  );
}

interface PartProps {
  draft: Draft;
  set: (next: Partial<Draft>) => void;
}

function KindAndWhole({ draft, set, is_new }: PartProps & { is_new: boolean }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const kinds = dictionary
    .items("activity_kind")
    .filter((item) => !item.retired || item.key === draft.kind)
    .map((item) => ({ value: item.key, label: dictionary.text(item.label, item.key) }));
  return (
    <div className={classes.pair}>
      <Select
        label={t`Kind`}
        allowDeselect={false}
        data={kinds}
        value={draft.kind}
        onChange={(kind) => kind && set({ kind })}
      />
      {!(is_task_draft(draft) && is_new) && (
        <Switch
          className={classes.whole}
          label={t`All day`}
          checked={draft.all_day}
          onChange={(event) => set({ all_day: event.currentTarget.checked })}
        />
      )}
    </div>
  );
}

function About({ draft, set, errors }: PartProps & { errors: Record<string, string> }) {
  const { t } = useLingui();
  const is_whole_day = draft.all_day || is_task_draft(draft);
  const reminder_text = useReminderText(is_whole_day);
  const minutes = reminder_choices(is_whole_day, draft.reminder);
  return (
    <div className={classes.pair}>
      <RecordSelect
        plural="companies"
        label={t`Company`}
        aria_label={t`Company`}
        value={draft.company}
        error={errors.company}
        on_change={(company) => set({ company })}
      />
      <RecordSelect
        plural="persons"
        label={t`Person`}
        aria_label={t`Person`}
        value={draft.person}
        error={errors.person}
        on_change={(person) => set({ person })}
      />
      <TextInput
        label={t`Place`}
        maxLength={200}
        value={draft.location}
        error={errors.location}
        onChange={(event) => set({ location: event.currentTarget.value })}
      />
      <Select
        label={t`Reminder`}
        clearable
        placeholder={t`None`}
        data={minutes.map((one) => ({ value: String(one), label: reminder_text(one) }))}
        value={draft.reminder === null ? null : String(draft.reminder)}
        error={errors.reminder_minutes}
        onChange={(next) => set({ reminder: next === null ? null : Number(next) })}
      />
    </div>
  );
}
