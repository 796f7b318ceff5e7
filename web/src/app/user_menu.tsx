// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Menu, SegmentedControl } from "@mantine/core";
import { IconLogout, IconSelector, IconUserCircle } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api } from "../api/client";
import { stop_events } from "../api/events";
import { query_client } from "../api/queries";
import type { Me } from "../api/types";
import { activate_language, LANGUAGES } from "../base/i18n";
import { Initials } from "../kit/marks";
import { toast_error } from "../kit/toast";
import { useDictionary } from "../records/dictionary";
import { error_text } from "../records/error_text";
import classes from "./navigation.module.css";

export function usePreference() {
  const { i18n } = useLingui();
  return useMutation({
    mutationFn: (change: Partial<Me>) => api.patch<Me>("/me", change),
    onMutate: (change) => {
      query_client.setQueryData<Me>(["me"], (old) => old && { ...old, ...change });
      if (change.language) void activate_language(change.language);
    },
    onError: (error) => {
      toast_error(error_text(error, (message) => i18n._(message)));
      void query_client.invalidateQueries({ queryKey: ["me"] });
    },
  });
}

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
        <LookChoices />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void sign_out()}>
          {t`Sign out`}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

export function LookChoices() {
  const { t, i18n } = useLingui();
  const { me } = useDictionary();
  const preference = usePreference();
  return (
    <div style={{ padding: "6px 8px", display: "grid", gap: 8 }}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t`Theme`}
        value={me.theme ?? "system"}
        onChange={(theme) => preference.mutate({ theme: theme as Me["theme"] })}
        data={[
          { value: "system", label: t`System` },
          { value: "light", label: t`Light` },
          { value: "dark", label: t`Dark` },
        ]}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t`Density`}
        value={me.density ?? "comfortable"}
        onChange={(density) => preference.mutate({ density: density as Me["density"] })}
        data={[
          { value: "comfortable", label: t`Comfortable` },
          { value: "compact", label: t`Compact` },
        ]}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t`Language`}
        value={i18n.locale}
        onChange={(language) => preference.mutate({ language })}
        data={LANGUAGES.map((entry) => ({ value: entry.code, label: entry.code.toUpperCase() }))}
      />
    </div>
  );
}
