// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Menu } from "@mantine/core";
import { IconLogout, IconSelector, IconUserCircle } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { api } from "../api/client";
import { stop_events } from "../api/events";
import { query_client } from "../api/queries";
import { Initials } from "../kit/marks";
import { useDictionary } from "../records/dictionary";
import classes from "./navigation.module.css";

const LookChoices = lazy(() => import("./look_choices"));

export function useSignOut() {
  const navigate = useNavigate();
  return async () => {
    stop_events();
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
        <button type="button" className={classes.user} data-narrow={narrow || undefined}>
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
