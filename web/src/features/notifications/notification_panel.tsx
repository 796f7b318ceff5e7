// SPDX-License-Identifier: Apache-2.0
// What the bell unfolds.
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { NotificationActions } from "./notification_actions";
import { NotificationList } from "./notification_list";
import classes from "./notifications.module.css";

export default function NotificationPanel({ close }: { close: () => void }) {
  const { t } = useLingui();
  const [only_unread, set_only_unread] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  // The panel may come later than the frame around it, which then had nothing to give focus to.
  useEffect(() => title.current?.focus(), []);
  return (
    <div className={classes.panel}>
      <div className={classes.head}>
        <h2 className={classes.title} tabIndex={-1} ref={title}>
          {t`Notifications`}
        </h2>
        <NotificationActions only_unread={only_unread} set_only_unread={set_only_unread} />
      </div>
      <div className={classes.scroll}>
        <NotificationList only_unread={only_unread} on_open={close} />
      </div>
      <div className={classes.foot}>
        <Link to={"/notifications" as string} onClick={close}>
          {t`All notifications`}
        </Link>
        <Link to={"/settings/profile" as string} hash="notifications" onClick={close}>
          {t`What I am told of`}
        </Link>
      </div>
    </div>
  );
}
