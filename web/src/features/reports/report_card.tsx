// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Badge, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { instant_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { toast, toast_error } from "../../kit/toast";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { Deliveries } from "./deliveries";
import { remove_report, send_report, set_unsubscribed } from "./queries";
import classes from "./reports.module.css";
import type { Report } from "./types";
import { problem_text, STATE_WORDS, schedule_text } from "./words";

const ReportDialog = lazy(() => import("./report_dialog"));

// `is_named`: a letter has led here, to this one.
export function ReportCard({ report, is_named }: { report: Report; is_named: boolean }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (is_named) place.current?.scrollIntoView({ block: "center" });
  }, [is_named]);
  const [shows_history, set_shows_history] = useState(false);
  const name = report.dashboard.name ?? t`A dashboard that you may not see`;
  return (
    <li ref={place} className={classes.card} data-named={is_named || undefined}>
      <div className={classes.card_head}>
        <h2 className={`${classes.card_title} clip`}>
          {report.dashboard.name === null ? (
            name
          ) : (
            <Link to="/dashboards/$id" params={{ id: String(report.dashboard.id) }}>
              {name}
            </Link>
          )}
        </h2>
        {!report.is_on && <Badge variant="default">{t`Switched off`}</Badge>}
        {report.unsubscribed && <Badge variant="default">{t`You do not receive it`}</Badge>}
      </div>
      <p className={classes.card_line}>
        {schedule_text(report, translate)} · {report.zone}
      </p>
      <Facts report={report} />
      <Actions report={report} name={name} />
      <Button
        variant="subtle"
        size="compact-sm"
        className={classes.history_button}
        aria-expanded={shows_history}
        onClick={() => set_shows_history(!shows_history)}
      >
        {t`What was sent`}
      </Button>
      {shows_history && <Deliveries report={report} />}
    </li>
  );
}

function Facts({ report }: { report: Report }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const next = report.next_at && instant_text(report.next_at);
  const owner = report.owner.name;
  const receivers = (report.receivers ?? []).map((one) => one.name).join(", ");
  const { last } = report;
  const last_at = last && instant_text(last.occasion);
  const state = last && translate(STATE_WORDS[last.state]);
  return (
    <ul className={classes.facts}>
      {next && <li>{t`Next: ${next}`}</li>}
      {receivers && <li>{t`To: ${receivers}`}</li>}
      {!report.editable && <li>{t`Set up by ${owner}`}</li>}
      {last && (
        <li data-bad={last.state === "failed" || undefined}>
          {t`Last: ${last_at}, ${state}`}
          {last.error && <> – {problem_text(last.error, translate)}</>}
        </li>
      )}
    </ul>
  );
}

function Actions({ report, name }: { report: Report; name: string }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [editing, set_editing] = useState(false);
  const [removing, set_removing] = useState(false);
  const [busy, set_busy] = useState(false);
  const run = async (work: () => Promise<unknown>, done: string) => {
    set_busy(true);
    try {
      await work();
      toast(done);
    } catch (error) {
      toast_error(error_text(error));
    } finally {
      set_busy(false);
    }
  };
  return (
    <div className={classes.actions}>
      {report.editable && (
        <Button size="xs" variant="default" onClick={() => set_editing(true)}>
          {t`Edit`}
        </Button>
      )}
      {!report.unsubscribed && (
        <Button
          size="xs"
          variant="default"
          disabled={busy}
          onClick={() => void run(() => send_report(report), t`It is on its way to you`)}
        >
          {t`Send it to me now`}
        </Button>
      )}
      {report.is_receiver && (
        <Button
          size="xs"
          variant="default"
          disabled={busy}
          onClick={() =>
            void run(
              () => set_unsubscribed(report, !report.unsubscribed),
              report.unsubscribed ? t`You receive it again` : t`You do not receive it any more`,
            )
          }
        >
          {report.unsubscribed ? t`Receive it again` : t`Unsubscribe`}
        </Button>
      )}
      {report.editable && (
        <Button size="xs" variant="subtle" color="red" onClick={() => set_removing(true)}>
          {t`Remove`}
        </Button>
      )}
      {editing && (
        <Suspense>
          <ReportDialog report={report} name={name} close={() => set_editing(false)} />
        </Suspense>
      )}
      {removing && (
        <ConfirmDialog
          title={t`Send ${name} no more?`}
          confirm={t`Remove`}
          cancel={t`Cancel`}
          danger
          close={() => set_removing(false)}
          on_confirm={() => run(() => remove_report(report), t`Removed`)}
        >
          {t`What was sent already stays with its receivers.`}
        </ConfirmDialog>
      )}
    </div>
  );
}
