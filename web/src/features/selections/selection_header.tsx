// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconCalendarPlus,
  IconCopy,
  IconDots,
  IconPinned,
  IconSettings,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client";
import type { TypeMeta } from "../../api/types";
import { ago_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { Tag } from "../../kit/marks";
import { toast, toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import record_classes from "../../records/page/record_page.module.css";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { FollowUpDialog } from "./follow_up_dialog";
import { PropertiesDialog } from "./properties_dialog";
import {
  member_filter,
  preview_query,
  refresh_selection,
  type Selection,
} from "./selection_queries";
import { count_words, KindIcon, KindTag, VISIBILITY } from "./selection_words";
import classes from "./selections.module.css";
import { Star } from "./selections_page";

interface Props {
  selection: Selection;
  type: TypeMeta;
}

type Dialog = "properties" | "follow_up" | "remove" | null;

export function SelectionHeader({ selection, type }: Props) {
  const { t } = useLingui();
  const translate = useTranslate();
  const dictionary = useDictionary();
  const type_label = dictionary.text(type.label_plural, type.plural);
  const changed = ago_text(selection.updated_at);
  // The page knows "at least so many" at once; how many exactly comes a moment later.
  const exact = useQuery(preview_query(type.name, type.plural, member_filter(selection.id)));
  const count = exact.data?.count ?? selection.count;
  return (
    <header className={record_classes.header}>
      <nav className={record_classes.crumbs} aria-label={t`Selections`}>
        <Link to="/selections">{t`Selections`}</Link>
        <span aria-hidden>/</span>
        <span>{type_label}</span>
      </nav>
      <div className={record_classes.title_row}>
        <span className={classes.title_icon} data-kind={selection.kind}>
          <KindIcon kind={selection.kind} size={18} />
        </span>
        <h1 className={`${record_classes.title} clip`}>{selection.name}</h1>
        <span className={`${classes.title_count} tabular`}>{count_words(count)}</span>
        <Star selection={selection} />
        <HeaderActions selection={selection} type={type} />
      </div>
      <div className={record_classes.facts}>
        <KindTag kind={selection.kind} />
        {selection.completed && <Tag colour="grey">{t`Completed`}</Tag>}
        {selection.category && <Tag colour="yellow">{selection.category}</Tag>}
        <span className="small dim">{selection.owner.name}</span>
        <span className="small dim">{translate(VISIBILITY[selection.visible_for])}</span>
        <span className="small dim">{t`Changed ${changed}`}</span>
        {selection.description && (
          <span className={`${classes.description} clip`}>{selection.description}</span>
        )}
      </div>
    </header>
  );
}

function HeaderActions({ selection, type }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [dialog, set_dialog] = useState<Dialog>(null);
  const close = () => set_dialog(null);
  const copies = useCopies(selection);
  const activity = dictionary.type("activity");
  const linkable = activity?.fields.some(
    (field) => field.kind === "link" && field.target === type.name,
  );
  const follows = linkable && dictionary.can("activity", "create") && dictionary.may("bulk_edit");
  return (
    <div className={record_classes.actions}>
      {follows && (
        <Button
          variant="default"
          visibleFrom="sm"
          leftSection={<IconCalendarPlus size={16} />}
          onClick={() => set_dialog("follow_up")}
        >
          {t`Follow up`}
        </Button>
      )}
      {selection.is_editable && (
        <Button
          variant="default"
          visibleFrom="sm"
          leftSection={<IconSettings size={16} />}
          onClick={() => set_dialog("properties")}
        >
          {t`Properties`}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t`More actions`}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {follows && (
            <Menu.Item
              hiddenFrom="sm"
              leftSection={<IconCalendarPlus size={16} />}
              onClick={() => set_dialog("follow_up")}
            >
              {t`Follow up`}
            </Menu.Item>
          )}
          {selection.is_editable && (
            <Menu.Item
              hiddenFrom="sm"
              leftSection={<IconSettings size={16} />}
              onClick={() => set_dialog("properties")}
            >
              {t`Properties`}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<IconPinned size={16} />} onClick={() => copies.freeze.mutate()}>
            {t`Freeze who is in now`}
          </Menu.Item>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => copies.duplicate.mutate()}>
            {t`Duplicate`}
          </Menu.Item>
          {selection.is_editable && (
            <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => set_dialog("remove")}>
              {t`Remove`}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog === "properties" && <PropertiesDialog selection={selection} close={close} />}
      {dialog === "follow_up" && <FollowUpDialog selection={selection} close={close} />}
      {dialog === "remove" && <RemoveDialog selection={selection} close={close} />}
    </div>
  );
}

// Both end on the page of the new one.
function useCopies(selection: Selection) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const error_text = useErrorText();
  const day = new Date().toISOString().slice(0, 10);
  const open = (message: string) => (made: Selection) => {
    toast(message);
    refresh_selection(made.id);
    void navigate({ to: "/selections/$id", params: { id: String(made.id) } });
  };
  const on_error = (error: Error) => toast_error(error_text(error));
  const freeze = useMutation({
    mutationFn: () =>
      api.post<Selection>(`/selections/${selection.id}/freeze`, {
        name: `${selection.name} ${day}`,
      }),
    onSuccess: open(t`Frozen: who was in now stays in.`),
    onError: on_error,
  });
  const duplicate = useMutation({
    mutationFn: () => copy_of(selection, t`Copy of ${selection.name}`),
    onSuccess: open(t`Duplicated`),
    onError: on_error,
  });
  return { freeze, duplicate };
}

// A static one is copied with its members, which is what freezing does.
function copy_of(selection: Selection, name: string): Promise<Selection> {
  if (selection.kind === "static")
    return api.post<Selection>(`/selections/${selection.id}/freeze`, { name });
  const { record_type, kind, description, category, filter, combine } = selection;
  return api.post<Selection>("/selections", {
    name,
    record_type,
    kind,
    description,
    category,
    ...(filter === undefined ? {} : { filter }),
    ...(combine ? { combine } : {}),
  });
}

function RemoveDialog({ selection, close }: { selection: Selection; close: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const error_text = useErrorText();
  const remove = useMutation({
    mutationFn: () => api.remove(`/selections/${selection.id}`),
    onSuccess: () => {
      toast(t`Removed`);
      refresh_selection();
      void navigate({ to: "/selections" });
    },
    onError: (error) => {
      toast_error(error_text(error));
      close();
    },
  });
  return (
    <ConfirmDialog
      title={t`Remove ${selection.name}?`}
      confirm={t`Remove`}
      cancel={t`Cancel`}
      danger
      busy={remove.isPending}
      on_confirm={() => remove.mutate()}
      close={close}
    >
      {t`The records stay; only the selection goes. This cannot be undone.`}
    </ConfirmDialog>
  );
}
