// SPDX-License-Identifier: Apache-2.0
// Who sees a dashboard, for whom it is pinned, and what it is called.
import { useLingui } from "@lingui/react/macro";
import { Button, MultiSelect, Radio, Switch, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { roles_query } from "../../api/queries";
import type { Page, Row } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import { save_dashboard } from "./actions";
import own from "./builder.module.css";
import type { Dashboard } from "./types";

interface Props {
  page: Dashboard;
  part: "name" | "share";
  close: () => void;
}

export default function ShareDialog({ page, part, close }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const { may } = useDictionary();
  const [name, set_name] = useState(page.name);
  const [description, set_description] = useState(page.description);
  const [visible_for, set_visible_for] = useState(page.visible_for);
  const [groups, set_groups] = useState(page.groups.map(String));
  const [pinned, set_pinned] = useState(page.pinned);
  const [busy, set_busy] = useState(false);
  const save = async () => {
    set_busy(true);
    try {
      const changes: Record<string, unknown> =
        part === "name"
          ? {
              ...(name === page.name ? {} : { name }),
              ...(description === page.description ? {} : { description }),
            }
          : {
              visible_for,
              groups: groups.map(Number),
              ...(may("administer") ? { pinned } : {}),
            };
      await save_dashboard(page, changes);
      close();
    } catch (error) {
      toast_error(error_text(error));
    } finally {
      set_busy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={close}
      title={part === "name" ? t`Name and description` : t`Share ${page.name}`}
      centered
      size={480}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {part === "name" ? (
          <>
            <TextInput
              label={t`Name`}
              required
              value={name}
              data-autofocus
              onChange={(event) => set_name(event.currentTarget.value)}
            />
            <Textarea
              label={t`Description`}
              value={description}
              onChange={(event) => set_description(event.currentTarget.value)}
            />
          </>
        ) : (
          <>
            <Radio.Group
              label={t`Visible for`}
              value={visible_for}
              onChange={(value) => set_visible_for(value as typeof visible_for)}
            >
              <div className={own.choices}>
                <Radio value="me" label={t`Only me`} />
                <Radio value="groups" label={t`Some groups`} />
                <Radio value="everyone" label={t`Everyone`} />
              </div>
            </Radio.Group>
            <p className="dim small">
              {t`Each sees the numbers of the records that their own rights let them see.`}
            </p>
            {visible_for === "groups" && (
              <GroupsInput label={t`Groups`} value={groups} change={set_groups} />
            )}
            {may("administer") && <PinInputs pinned={pinned} change={set_pinned} />}
          </>
        )}
        <div className={own.builder_end}>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={busy}>
            {t`Save`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface GroupsProps {
  label: string;
  value: string[];
  change: (value: string[]) => void;
}

function GroupsInput({ label, value, change }: GroupsProps) {
  const groups = useQuery({
    queryKey: ["list", "groups", "choose"],
    queryFn: () => api.get<Page<Row>>("/groups", { limit: 200, sort: "name", fields: "name" }),
  });
  return (
    <MultiSelect
      label={label}
      searchable
      value={value}
      onChange={change}
      data={(groups.data?.items ?? []).map((row) => ({
        value: String(row.id),
        label: String(row.name),
      }))}
    />
  );
}

interface PinProps {
  pinned: Dashboard["pinned"];
  change: (pinned: Dashboard["pinned"]) => void;
}

function PinInputs({ pinned, change }: PinProps) {
  const { t } = useLingui();
  const roles = useQuery(roles_query);
  return (
    <fieldset className={own.fieldset}>
      <legend>{t`Pinned for`}</legend>
      <Switch
        label={t`Everyone`}
        checked={pinned.everyone ?? false}
        onChange={(event) => change({ ...pinned, everyone: event.currentTarget.checked })}
      />
      <MultiSelect
        label={t`Roles`}
        value={pinned.roles ?? []}
        onChange={(value) => change({ ...pinned, roles: value })}
        data={(roles.data?.items ?? []).map((role) => ({ value: role.key, label: role.name }))}
      />
      <GroupsInput
        label={t`Groups`}
        value={(pinned.groups ?? []).map(String)}
        change={(value) => change({ ...pinned, groups: value.map(Number) })}
      />
    </fieldset>
  );
}
