// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { PageHeader } from "../../kit/page_header";
import { NotificationActions } from "./notification_actions";
import { NotificationList } from "./notification_list";
import classes from "./notifications.module.css";

export function NotificationsPage() {
  const { t } = useLingui();
  const [only_unread, set_only_unread] = useState(false);
  return (
    <div className={classes.page}>
      <PageHeader title={t`Notifications`} icon={<IconBell size={20} stroke={1.6} />} />
      <div className={classes.page_actions}>
        <NotificationActions only_unread={only_unread} set_only_unread={set_only_unread} />
      </div>
      <div className={classes.page_list}>
        <NotificationList only_unread={only_unread} />
      </div>
    </div>
  );
}
