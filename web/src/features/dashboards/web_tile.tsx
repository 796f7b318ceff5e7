// SPDX-License-Identifier: Apache-2.0
// A page of another system. Without allow-same-origin it has an origin of its own: it reaches no
// cookie, no storage and no page of ours.
import { useLingui } from "@lingui/react/macro";
import { IconWorld, IconWorldOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import classes from "./dashboards.module.css";
import type { WebAnswer } from "./types";

export function WebTile({ answer }: { answer: WebAnswer }) {
  const { t } = useLingui();
  const blocked = useBlocked(answer.url);
  if (blocked) {
    return (
      <div className={classes.state}>
        <IconWorldOff size={22} stroke={1.4} aria-hidden />
        <p>{t`The server does not allow panels from this address`}</p>
      </div>
    );
  }
  if (!/^https:\/\//.test(answer.url)) {
    return (
      <div className={classes.state}>
        <IconWorld size={22} stroke={1.4} aria-hidden />
        <p>{t`Give the panel an address that begins with https://`}</p>
      </div>
    );
  }
  return (
    <iframe
      className={classes.frame}
      src={answer.url}
      title={answer.title}
      sandbox="allow-scripts allow-forms"
      referrerPolicy="no-referrer"
      loading="lazy"
    />
  );
}

// The page's policy says which addresses may be framed; what it refuses would be an empty box.
function useBlocked(url: string): boolean {
  const [blocked, set_blocked] = useState<string | null>(null);
  useEffect(() => {
    const on_refusal = (event: SecurityPolicyViolationEvent) => {
      if (event.effectiveDirective !== "frame-src") return;
      const origin = event.blockedURI.split("/").slice(0, 3).join("/");
      if (url.startsWith(origin)) set_blocked(url);
    };
    document.addEventListener("securitypolicyviolation", on_refusal);
    return () => document.removeEventListener("securitypolicyviolation", on_refusal);
  }, [url]);
  return blocked === url;
}
