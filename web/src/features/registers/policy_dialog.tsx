// SPDX-License-Identifier: Apache-2.0
// What is taken from a register, field by field, and for which events the owner gets a task.
import { useLingui } from "@lingui/react/macro";
import { Button, Checkbox, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Modal } from "../../kit/dialog";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import classes from "./registers.module.css";
import { POLICIES, type Policy, type UpdateSettings } from "./types";
import { refresh_settings, save_settings } from "./update_card";

interface Props {
  settings: UpdateSettings;
  close: () => void;
}

const EVENTS = ["bankruptcy", "dissolution", "new_name", "new_address"] as const;

export default function PolicyDialog({ settings, close }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [draft, set_draft] = useState(settings);
  const set = (part: Partial<UpdateSettings>) => set_draft((old) => ({ ...old, ...part }));
  const save = useMutation({
    mutationFn: () => {
      const { source, otherwise, typed, policies, tasks } = draft;
      return save_settings(settings.provider, { source, otherwise, typed, policies, tasks });
    },
    onSuccess: close,
    onSettled: refresh_settings,
  });
  return (
    <Modal
      opened
      onClose={close}
      size={620}
      title={t`What is taken from ${settings.title}`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <SourceSelect draft={draft} set={set} />
        <Policies draft={draft} set={set} />
        <p className="small dim">
          {t`What the person gave or had put right is never overwritten.`}
        </p>
        <Tasks draft={draft} set={set} />
        {save.error && (
          <p role="alert" className={classes.error}>
            {error_text(save.error)}
          </p>
        )}
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t`Save`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface PartProps {
  draft: UpdateSettings;
  set: (part: Partial<UpdateSettings>) => void;
}

function SourceSelect({ draft, set }: PartProps) {
  const { t } = useLingui();
  return (
    <Select
      label={t`Where from`}
      allowDeselect={false}
      data={[
        { value: "auto", label: t`The loaded file, else online` },
        { value: "local", label: t`The loaded file only` },
        { value: "online", label: t`Online only` },
      ]}
      value={draft.source}
      onChange={(source) => source && set({ source: source as UpdateSettings["source"] })}
    />
  );
}

function usePolicyWords(): Record<Policy, string> {
  const { t } = useLingui();
  return {
    always: t`Always take it`,
    if_empty: t`Only if empty`,
    propose: t`Ask first`,
    never: t`Never`,
  };
}

function Policies({ draft, set }: PartProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const words = usePolicyWords();
  const type = dictionary.type("company");
  const choices = POLICIES.map((value) => ({ value: value as string, label: words[value] }));
  const otherwise = words[draft.otherwise];
  return (
    <>
      <div className={classes.policies}>
        <Select
          label={t`Fields in general`}
          allowDeselect={false}
          data={choices}
          value={draft.otherwise}
          onChange={(next) => next && set({ otherwise: next as Policy })}
        />
        <Select
          label={t`Values that somebody typed`}
          allowDeselect={false}
          data={choices}
          value={draft.typed}
          onChange={(next) => next && set({ typed: next as Policy })}
        />
      </div>
      <fieldset className={classes.policies}>
        <legend>{t`Field by field`}</legend>
        {draft.fields.map((name) => (
          <Select
            key={name}
            label={dictionary.text(type && dictionary.field(type, name)?.label, name)}
            placeholder={t`As in general: ${otherwise}`}
            clearable
            data={choices}
            value={draft.policies[name] ?? null}
            onChange={(next) => {
              const { [name]: _, ...others } = draft.policies;
              set({ policies: next ? { ...others, [name]: next as Policy } : others });
            }}
          />
        ))}
      </fieldset>
    </>
  );
}

function Tasks({ draft, set }: PartProps) {
  const { t } = useLingui();
  const words = {
    bankruptcy: t`Bankruptcy`,
    dissolution: t`Dissolution`,
    new_name: t`New name`,
    new_address: t`New address`,
  };
  return (
    <Checkbox.Group
      label={t`A task for the owner on`}
      value={draft.tasks}
      onChange={(tasks) => set({ tasks })}
    >
      <div className="stack" style={{ gap: 6, marginTop: 6 }}>
        {EVENTS.map((kind) => (
          <Checkbox key={kind} value={kind} label={words[kind]} />
        ))}
      </div>
    </Checkbox.Group>
  );
}
