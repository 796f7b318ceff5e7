// SPDX-License-Identifier: Apache-2.0
// How much there is that one has not read, and the panel that shows it.
import { useLingui } from "@lingui/react/macro";
import { Popover } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { unread_query } from "../features/notifications/queries";
import { LoadingState } from "../kit/states";
import classes from "./bell.module.css";
import nav_classes from "./navigation.module.css";

const NotificationPanel = lazy(() => import("../features/notifications/notification_panel"));
const SHOWN_MAX = 99;

export function useUnread(): number {
  return useQuery(unread_query).data?.unread ?? 0;
}

export function UnreadMark({ count }: { count: number }) {
  if (!count) return null;
  return (
    <b
      className={classes.count}
      data-unread-count={count}
      data-shown={count > SHOWN_MAX ? `${SHOWN_MAX}+` : count}
      aria-hidden
    />
  );
}

export function Bell({ narrow }: { narrow: boolean }) {
  const { t } = useLingui();
  const [open, set_open] = useState(false);
  const unread = useUnread();
  const label = unread ? t`Notifications, ${unread} unread` : t`Notifications`;
  return (
    <Popover
      opened={open}
      onChange={set_open}
      position="right-start"
      width={440}
      trapFocus
      returnFocus
      withinPortal
      shadow="md"
    >
      <Popover.Target>
        <button
          type="button"
          className={`${nav_classes.item} ${classes.bell}`}
          aria-label={label}
          title={narrow ? label : undefined}
          onClick={() => set_open(!open)}
        >
          <IconBell size={17} stroke={1.7} aria-hidden />
          <span className={nav_classes.word}>{t`Notifications`}</span>
          <UnreadMark count={unread} />
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t`Notifications`}>
        <Suspense fallback={<LoadingState label={t`Loading`} />}>
          {open && <NotificationPanel close={() => set_open(false)} />}
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
