// SPDX-License-Identifier: Apache-2.0
// A page of another system. Without allow-same-origin it has an origin of its own: it reaches no
// cookie, no storage and no page of ours.
import { useLingui } from "@lingui/react/macro";
import { IconWorld, IconWorldOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useDictionary } from "../../records/dictionary";
import classes from "./dashboards.module.css";
import type { WebAnswer } from "./types";

interface Props {
  answer: WebAnswer;
  retry: () => void;
}

export default function WebTile({ answer, retry }: Props) {
  const { t } = useLingui();
  const blocked = useBlocked(answer.url);
  const is_old = useFreshToken(answer, retry);
  if (!/^https:\/\//.test(answer.url)) {
    return (
      <div className={classes.state}>
        <IconWorld size={22} stroke={1.4} aria-hidden />
        <p>{t`Give the panel an address that begins with https://`}</p>
      </div>
    );
  }
  if (!answer.is_allowed) return <NotAllowed host={answer.host} />;
  if (blocked) {
    return (
      <div className={classes.state}>
        <IconWorldOff size={22} stroke={1.4} aria-hidden />
        <p>{t`Pages of ${answer.host} are allowed since this page was opened. Load it again.`}</p>
      </div>
    );
  }
  if (is_old) return null;
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

function NotAllowed({ host }: { host: string }) {
  const { t } = useLingui();
  const { may } = useDictionary();
  return (
    <div className={classes.state}>
      <IconWorldOff size={22} stroke={1.4} aria-hidden />
      <p>{t`Pages of ${host} may not be shown here`}</p>
      {may("administer") ? (
        <Link to="/settings/panels">{t`Allow pages of a host`}</Link>
      ) : (
        <p className="dim">{t`An administrator can allow them in the settings.`}</p>
      )}
    </div>
  );
}

// What says who looks holds for minutes: a panel that is drawn later needs another one.
function useFreshToken(answer: WebAnswer, retry: () => void): boolean {
  const [is_old] = useState(
    () => answer.expires_at !== null && new Date(answer.expires_at).getTime() < Date.now(),
  );
  const [asked_with] = useState(answer.expires_at);
  // Once, when it is drawn.
  const [ask] = useState(() => retry);
  useEffect(() => {
    if (is_old) ask();
  }, [is_old, ask]);
  return is_old && answer.expires_at === asked_with;
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
