// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { reconnect_now, useOnline } from "../api/events";
import classes from "./shell.module.css";

export function OfflineBanner() {
  const { t } = useLingui();
  if (useOnline()) return null;
  return (
    <div className={classes.banner} role="status">
      {t`No connection to the server. What you see may be old.`}
      <button type="button" className="plain" onClick={reconnect_now}>
        {t`Connect now`}
      </button>
    </div>
  );
}
