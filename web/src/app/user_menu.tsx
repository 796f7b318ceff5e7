// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import {
  IconKeyboard,
  IconLogout,
  IconMap2,
  IconSelector,
  IconUserCircle,
} from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { api } from "../api/client";
import { stop_events } from "../api/events";
import { query_client } from "../api/queries";
import { forget_drafts } from "../base/drafts";
import { Initials } from "../kit/marks";
import { open_help } from "../records/commands";
import { useDictionary } from "../records/dictionary";
import classes from "./navigation.module.css";

const LookChoices = lazy(() => import("./look_choices"));

export function useSignOut() {
  const navigate = useNavigate();
  return async () => {
    stop_events();
    forget_drafts();
    await api.remove("/session").catch(() => undefined);
    await navigate({ to: "/sign-in", search: {} });
    query_client.clear();
  };
}

export function UserMenu({ narrow }: { narrow: boolean }) {
  const { t } = useLingui();
  const { me } = useDictionary();
  const navigate = useNavigate();
  const sign_out = useSignOut();
  return (
    <Menu position="top-start" width={248} keepMounted={false}>
      <Menu.Target>
        <button
          type="button"
          className={classes.user}
          data-narrow={narrow || undefined}
          data-tour="user"
        >
          <Initials name={me.name} size={26} />
          <span className={narrow ? "visually_hidden" : "clip grow"}>{me.name}</span>
          {!narrow && <IconSelector size={15} color="var(--text-faint)" />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item
          leftSection={<IconUserCircle size={16} />}
          onClick={() => void navigate({ to: "/settings/profile" as string })}
        >
          {t`Profile and security`}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={() => open_help("keys")}>
          {t`Keyboard shortcuts`}
        </Menu.Item>
        <Menu.Item leftSection={<IconMap2 size={16} />} onClick={() => open_help("tour")}>
          {t`Guided tour`}
        </Menu.Item>
        <Menu.Divider />
        <Suspense fallback={<div style={{ height: 112 }} />}>
          <LookChoices />
        </Suspense>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void sign_out()}>
          {t`Sign out`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
