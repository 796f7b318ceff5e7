// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { Modal } from "../../kit/dialog";
import { field_errors } from "../error_text";
import { useErrorText, useTranslate } from "../use_translate";
import classes from "./record_sections.module.css";

const REASON_MAX = 500;

interface Props {
  path: string;
  field: string;
  label: string;
  shown: (value: unknown) => void;
  close: () => void;
}

export default function RevealDialog({ path, field, label, shown, close }: Props) {
  const { t } = useLingui();
  const translate = useTranslate();
  const error_text = useErrorText();
  const [reason, set_reason] = useState("");
  const reveal = useMutation({
    mutationFn: () =>
      api.post<{ fields: Record<string, unknown> }>(path, {
        fields: [field],
        reason: reason.trim(),
      }),
    // Not kept for later pages, not even as the answer of this call.
    gcTime: 0,
    onSuccess: ({ fields }) => {
      close();
      shown(fields[field] ?? null);
    },
  });
  const problem = field_errors(reveal.error, translate).reason;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (reason.trim()) reveal.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`Reveal ${label}`}
      size={440}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        <p className="dim">
          {t`The access log keeps that you saw it, and why. It is shown until you leave this page.`}
        </p>
        <Textarea
          label={t`Reason`}
          required
          autosize
          minRows={2}
          maxLength={REASON_MAX}
          data-autofocus
          value={reason}
          error={problem}
          onChange={(event) => set_reason(event.currentTarget.value)}
        />
        {reveal.isError && !problem && (
          <p role="alert" className={classes.refused}>
            {error_text(reveal.error)}
          </p>
        )}
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={reveal.isPending} disabled={!reason.trim()}>
            {t`Reveal`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
