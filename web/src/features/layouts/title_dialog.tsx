// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Labels } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { LabelInputs } from "../../records/label_inputs";

const TITLE_MAX = 120;

interface Props {
  label: Labels;
  save: (label: Labels) => void;
  close: () => void;
}

export default function TitleDialog({ label, save, close }: Props) {
  const { t } = useLingui();
  const [draft, set_draft] = useState(label);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(draft);
    close();
  };
  return (
    <Modal
      opened
      onClose={close}
      size={420}
      title={t`Name of the section`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        <LabelInputs label={t`Name`} value={draft} length_max={TITLE_MAX} change={set_draft} />
        <Button type="submit">{t`Use it`}</Button>
      </form>
    </Modal>
  );
}
