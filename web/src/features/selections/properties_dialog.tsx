// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import {
  Autocomplete,
  Button,
  Checkbox,
  MultiSelect,
  NumberInput,
  Select,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import type { Page, Ref, Row } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { toast } from "../../kit/toast";
import { RecordSelect } from "../../records/fields/link/record_select";
import { useErrorText, useTranslate } from "../../records/use_translate";
import {
  refresh_selection,
  type Selection,
  selections_query,
  type Visibility,
} from "./selection_queries";
import { VISIBILITY } from "./selection_words";
import classes from "./selections.module.css";

const RETENTION_DAYS_MAX = 36_500;

interface Draft {
  name: string;
  description: string;
  category: string;
  owner: Ref;
  visible_for: Visibility;
  groups: number[];
  completed: boolean;
  keeps_history: boolean;
  retention_days: number;
}

interface PartProps {
  draft: Draft;
  change: (next: Partial<Draft>) => void;
}

export function PropertiesDialog({
  selection,
  close,
}: {
  selection: Selection;
  close: () => void;
}) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [draft, set_draft] = useState<Draft>(selection);
  const change = (next: Partial<Draft>) => set_draft({ ...draft, ...next });
  const save = useMutation({
    mutationFn: () => {
      const { name, description, category, visible_for, groups, completed } = draft;
      const { keeps_history, retention_days, owner } = draft;
      return api.patch(
        `/selections/${selection.id}`,
        {
          ...{ name, description, category, visible_for, groups, completed },
          ...{ keeps_history, retention_days, owner: owner.id },
        },
        selection.version,
      );
    },
    onSuccess: () => {
      toast(t`Saved`);
      refresh_selection(selection.id);
      close();
    },
  });
  return (
    <Modal
      opened
      onClose={close}
      size={560}
      title={t`Properties`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Naming draft={draft} change={change} />
        <Sharing draft={draft} change={change} />
        <Lifetime draft={draft} change={change} is_static={selection.kind === "static"} />
        {save.error && (
          <p role="alert" className={classes.wrong}>
            {error_text(save.error)}
          </p>
        )}
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
          <Button type="submit" disabled={!draft.name.trim()} loading={save.isPending}>
            {t`Save`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Naming({ draft, change }: PartProps) {
  const { t } = useLingui();
  const list = useQuery(selections_query());
  const known = (list.data?.items ?? []).map((entry) => entry.category).filter(Boolean);
  return (
    <>
      <TextInput
        label={t`Name`}
        required
        maxLength={200}
        data-autofocus
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Textarea
        label={t`Description`}
        maxLength={2000}
        value={draft.description}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <Autocomplete
          label={t`Category`}
          size="sm"
          maxLength={200}
          data={[...new Set(known)]}
          value={draft.category}
          onChange={(category) => change({ category })}
        />
        <RecordSelect
          plural="users"
          label={t`Owner`}
          aria_label={t`Owner`}
          value={draft.owner}
          on_change={(owner) => owner && change({ owner })}
        />
      </div>
    </>
  );
}

function Sharing({ draft, change }: PartProps) {
  const { t } = useLingui();
  const translate = useTranslate();
  const groups = useQuery({
    queryKey: ["list", "groups", "choose_all"],
    queryFn: () => api.get<Page<Row>>("/groups", { fields: "name", limit: 200, sort: "name" }),
    enabled: draft.visible_for === "groups",
  });
  return (
    <div className={classes.pair}>
      <Select
        label={t`Visible for`}
        allowDeselect={false}
        data={(["me", "groups", "everyone"] as const).map((value) => ({
          value,
          label: translate(VISIBILITY[value]),
        }))}
        value={draft.visible_for}
        onChange={(next) => change({ visible_for: (next ?? "me") as Visibility })}
      />
      {draft.visible_for === "groups" && (
        <MultiSelect
          label={t`Groups`}
          searchable
          data={(groups.data?.items ?? []).map((row) => ({
            value: String(row.id),
            label: String(row.name),
          }))}
          value={draft.groups.map(String)}
          onChange={(next) => change({ groups: next.map(Number) })}
        />
      )}
    </div>
  );
}

function Lifetime({ draft, change, is_static }: PartProps & { is_static: boolean }) {
  const { t } = useLingui();
  return (
    <>
      <Checkbox
        label={t`Completed`}
        description={t`No longer worked on; kept out of the list unless asked for.`}
        checked={draft.completed}
        onChange={(event) => change({ completed: event.currentTarget.checked })}
      />
      {!is_static && (
        <Checkbox
          label={t`Keep history`}
          description={t`Every night, who came and who went is kept, as the owner sees it.`}
          checked={draft.keeps_history}
          onChange={(event) => change({ keeps_history: event.currentTarget.checked })}
        />
      )}
      <NumberInput
        label={t`Remove when untouched for so many days`}
        description={t`0: never. One that others are made of is completed instead.`}
        w={280}
        min={0}
        max={RETENTION_DAYS_MAX}
        allowDecimal={false}
        value={draft.retention_days}
        onChange={(next) => change({ retention_days: Number(next) || 0 })}
      />
    </>
  );
}
