// SPDX-License-Identifier: Apache-2.0
// What is sent regularly: when, to whom, with which words.
import { useLingui } from "@lingui/react/macro";
import { Button, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { me_query } from "../../api/queries";
import { format_locale } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { toast, toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import { create_report, save_report } from "./queries";
import { ReceiversInput } from "./receivers_input";
import classes from "./reports.module.css";
import { ScheduleInputs } from "./schedule_inputs";
import type { Draft, Report } from "./types";

interface Props {
  // One that is there, or the dashboard of one that is to be.
  report?: Report;
  dashboard?: number;
  name: string;
  filters?: object;
  close: () => void;
}

function draft_of(report: Report): Draft {
  const { frequency, days, time, zone, paper, subject, message, is_on } = report;
  const receivers = (report.receivers ?? []).map((one) => one.id);
  return { frequency, days, time, zone, paper, subject, message, is_on, receivers };
}

export default function ReportDialog(props: Props) {
  const me = useQuery(me_query);
  if (!me.data) return null;
  return <Form {...props} me={{ id: me.data.id, name: me.data.name }} />;
}

function Form({
  report,
  dashboard,
  name,
  filters,
  close,
  me,
}: Props & { me: { id: number; name: string } }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [draft, set_draft] = useState<Draft>(() =>
    report
      ? draft_of(report)
      : {
          frequency: "weekly",
          days: [1],
          time: "08:00",
          zone: format_locale().time_zone,
          paper: "portrait",
          subject: "",
          message: "",
          is_on: true,
          receivers: [me.id],
        },
  );
  const [busy, set_busy] = useState(false);
  const change = (changes: Partial<Draft>) => set_draft((old) => ({ ...old, ...changes }));
  const save = async () => {
    set_busy(true);
    try {
      if (report) await save_report(report, draft);
      else await create_report(dashboard!, filters ?? {}, draft);
      toast(report ? t`Saved` : t`It is sent regularly from now on`);
      close();
    } catch (error) {
      toast_error(error_text(error));
    } finally {
      set_busy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`Send ${name} regularly`}
      centered
      size={520}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <ScheduleInputs schedule={draft} change={change} />
        <ReceiversInput
          value={draft.receivers}
          known={report?.receivers ?? [me]}
          change={(receivers) => change({ receivers })}
        />
        <Select
          label={t`Paper`}
          allowDeselect={false}
          value={draft.paper}
          data={[
            { value: "portrait", label: t`A4 upright` },
            { value: "landscape", label: t`A4 across` },
          ]}
          onChange={(paper) => change({ paper: paper as Draft["paper"] })}
        />
        <TextInput
          label={t`Subject`}
          placeholder={t`The dashboard’s name and the date`}
          maxLength={200}
          value={draft.subject}
          onChange={(event) => change({ subject: event.currentTarget.value })}
        />
        <Textarea
          label={t`Text of the letter`}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          value={draft.message}
          onChange={(event) => change({ message: event.currentTarget.value })}
        />
        <Switch
          label={t`Switched on`}
          checked={draft.is_on}
          onChange={(event) => change({ is_on: event.currentTarget.checked })}
        />
        <div className={classes.dialog_end}>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={busy} disabled={!draft.receivers.length || !draft.time}>
            {t`Save`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
