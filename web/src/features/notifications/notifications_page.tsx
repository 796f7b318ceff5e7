// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { SegmentedControl } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { PageHeader } from "../../kit/page_header";
import { NotificationActions } from "./notification_actions";
import { NotificationList } from "./notification_list";
import classes from "./notifications.module.css";
import { WatchedList } from "./watched_list";

export function NotificationsPage() {
  const { t } = useLingui();
  const [shown, set_shown] = useState("told");
  const [only_unread, set_only_unread] = useState(false);
  return (
    <div className={classes.page}>
      <PageHeader title={t`Notifications`} icon={<IconBell size={20} stroke={1.6} />} />
      <div className={classes.page_actions}>
        <SegmentedControl
          size="xs"
          aria-label={t`Show`}
          value={shown}
          data={[
            { value: "told", label: t`Notifications` },
            { value: "watched", label: t`Watched records` },
          ]}
          onChange={set_shown}
        />
        {shown === "told" && (
          <NotificationActions only_unread={only_unread} set_only_unread={set_only_unread} />
        )}
      </div>
      <div className={classes.page_list}>
        {shown === "told" ? <NotificationList only_unread={only_unread} /> : <WatchedList />}
      </div>
    </div>
  );
}
