// SPDX-License-Identifier: Apache-2.0
// Says that the server is away, when it is tried again, and that it is back.
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { reconnect_now, useConnection } from "../api/events";
import { number_text } from "../base/format";
import classes from "./shell.module.css";

const BACK_SHOWN_MS = 4_000;

export function OfflineBanner() {
  const { t } = useLingui();
  const { online, connecting, next_at } = useConnection();
  const back = useJustBack(online);
  return (
    <div role="status">
      {!online && (
        <div className={classes.banner}>
          <span>
            {t`No connection to the server. What you see may be old; what you type is kept.`}
          </span>
          {connecting ? <span>{t`Connecting…`}</span> : <Countdown until={next_at} />}
          <button type="button" className="plain" disabled={connecting} onClick={reconnect_now}>
            {t`Connect now`}
          </button>
        </div>
      )}
      {back && (
        <div className={classes.banner} data-back>
          {t`The connection is back.`}
        </div>
      )}
    </div>
  );
}

// Not read aloud: it would be, every second.
function Countdown({ until }: { until: number }) {
  const { t } = useLingui();
  const [now, set_now] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => set_now(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = number_text(Math.max(0, Math.ceil((until - now) / 1_000)), 0);
  return <span className="tabular" aria-hidden>{t`Next try in ${seconds} s`}</span>;
}

function useJustBack(online: boolean): boolean {
  const was = useRef(online);
  const [back, set_back] = useState(false);
  useEffect(() => {
    const returned = online && !was.current;
    was.current = online;
    set_back(returned);
    if (!returned) return;
    const timer = setTimeout(() => set_back(false), BACK_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [online]);
  return back;
}
