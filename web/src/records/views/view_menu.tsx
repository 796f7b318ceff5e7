// SPDX-License-Identifier: Apache-2.0
// All views of a type, and what can be done with the open one.
import { useLingui } from "@lingui/react/macro";
import { Button, Menu } from "@mantine/core";
import {
  IconChevronDown,
  IconLink,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconPlus,
  IconStar,
  IconTrash,
  IconUsers,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import type { SavedView, TypeMeta } from "../../api/types";
import { toast } from "../../kit/toast";
import { useDictionary } from "../dictionary";
import type { ListState } from "../list/list_state";
import { useChooseView } from "./use_view_changes";

const SaveViewDialog = lazy(() => import("./save_view_dialog"));
const RemoveViewDialog = lazy(() => import("./remove_view_dialog"));

interface Props {
  type: TypeMeta;
  state: ListState;
}

type Dialog = "new" | "edit" | "remove" | null;

export function ViewMenu({ type, state }: Props) {
  const { t } = useLingui();
  const { me } = useDictionary();
  const [dialog, set_dialog] = useState<Dialog>(null);
  const view = state.view;
  const mine = state.views.filter((entry) => entry.owner.id === me.id);
  const shared = state.views.filter((entry) => entry.owner.id !== me.id);
  const close = () => set_dialog(null);
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            h={28}
            px={8}
            rightSection={<IconChevronDown size={14} />}
          >
            {t`Views`}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={480} style={{ overflowY: "auto" }}>
          <ViewItems label={t`Mine`} views={mine} open={state.open} />
          <ViewItems label={t`Shared with me`} views={shared} open={state.open} />
          <Menu.Divider />
          <Menu.Item leftSection={<IconPlus size={15} />} onClick={() => set_dialog("new")}>
            {t`Save as a new view`}
          </Menu.Item>
          {view && <OpenView type={type} view={view} show={set_dialog} />}
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {dialog === "new" && <SaveViewDialog type={type} state={state} close={close} />}
        {dialog === "edit" && view && (
          <SaveViewDialog type={type} state={state} view={view} close={close} />
        )}
        {dialog === "remove" && view && (
          <RemoveViewDialog type={type} state={state} view={view} close={close} />
        )}
      </Suspense>
    </>
  );
}

interface ItemsProps {
  label: string;
  views: SavedView[];
  open: (id: number) => void;
}

function ViewItems({ label, views, open }: ItemsProps) {
  if (!views.length) return null;
  return (
    <>
      <Menu.Label>{label}</Menu.Label>
      {views.map((view) => (
        <Menu.Item
          key={view.id}
          rightSection={view.pinned ? <IconPin size={13} aria-hidden /> : null}
          onClick={() => open(view.id)}
        >
          {view.name}
        </Menu.Item>
      ))}
    </>
  );
}

interface OpenProps {
  type: TypeMeta;
  view: SavedView;
  show: (dialog: Dialog) => void;
}

function OpenView({ type, view, show }: OpenProps) {
  const { t } = useLingui();
  const { may } = useDictionary();
  const choose = useChooseView(type);
  const set = (choice: Parameters<typeof choose.mutate>[0]["choice"]) =>
    choose.mutate({ id: view.id, choice });
  const copy_link = async () => {
    const url = `${window.location.origin}/${type.plural}?view=${view.id}`;
    await navigator.clipboard.writeText(url);
    toast(t`The link is copied.`);
  };
  return (
    <>
      <Menu.Label>{view.name}</Menu.Label>
      <Menu.Item
        leftSection={view.pinned ? <IconPinnedOff size={15} /> : <IconPin size={15} />}
        onClick={() => set({ pinned: !view.pinned })}
      >
        {view.pinned ? t`Take off the tabs` : t`Pin as a tab`}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconStar size={15} />}
        onClick={() => set({ default: !view.is_default })}
      >
        {view.is_default ? t`No longer open the list with it` : t`Open the list with it`}
      </Menu.Item>
      {may("administer") && view.visible_for === "everyone" && (
        <Menu.Item
          leftSection={<IconUsers size={15} />}
          onClick={() => set({ standard: !view.is_standard })}
        >
          {view.is_standard ? t`No longer everyone's standard` : t`Make it everyone's standard`}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconLink size={15} />} onClick={() => void copy_link()}>
        {t`Copy the link`}
      </Menu.Item>
      {view.is_editable && (
        <>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => show("edit")}>
            {t`Name and sharing`}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={15} />}
            onClick={() => show("remove")}
          >
            {t`Remove`}
          </Menu.Item>
        </>
      )}
    </>
  );
}
