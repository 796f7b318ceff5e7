// SPDX-License-Identifier: Apache-2.0
// Why a value stays as it is. It is asked about no more until somebody changes the value.
import { useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Modal } from "../../kit/dialog";
import type { Finding } from "./types";
import classes from "./workbench.module.css";

const REASON_MAX = 500;

interface Props {
  finding: Finding;
  leave: (reason: string) => void;
  close: () => void;
}

export default function LeaveDialog({ finding, leave, close }: Props) {
  const { t } = useLingui();
  const [reason, set_reason] = useState("");
  const usual = [t`It is right as it is`, t`The customer writes it like that`, t`Not worth it`];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    close();
    leave(reason.trim());
  };
  return (
    <Modal
      opened
      onClose={close}
      size={440}
      title={t`Leave as it is`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        <p className="dim">
          {finding.value ? `${finding.value}: ` : ""}
          {t`You are asked about it again when somebody changes it.`}
        </p>
        <TextInput
          label={t`Reason`}
          placeholder={t`May be left empty`}
          maxLength={REASON_MAX}
          data-autofocus
          value={reason}
          onChange={(event) => set_reason(event.currentTarget.value)}
        />
        <div className={classes.usual}>
          {usual.map((words) => (
            <button key={words} type="button" onClick={() => set_reason(words)}>
              {words}
            </button>
          ))}
        </div>
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
          <Button type="submit">{t`Leave as it is`}</Button>
        </div>
      </form>
    </Modal>
  );
}
