// SPDX-License-Identifier: Apache-2.0
// A table from the clipboard: spreadsheets put tabulators between the cells.
import { useLingui } from "@lingui/react/macro";
import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { Modal } from "../../kit/dialog";
import { pasted_file } from "./import_draft";

interface Props {
  busy: boolean;
  take: (file: File) => void;
  close: () => void;
}

export function PasteDialog({ busy, take, close }: Props) {
  const { t } = useLingui();
  const [text, set_text] = useState("");
  const file = pasted_file(text);
  return (
    <Modal
      opened
      onClose={close}
      title={t`Paste a table`}
      size="lg"
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className="stack">
        <Textarea
          data-autofocus
          label={t`Rows copied from a spreadsheet, with the names of the columns`}
          rows={10}
          spellCheck={false}
          value={text}
          onChange={(event) => set_text(event.currentTarget.value)}
        />
        <div className="row">
          <Button disabled={!file} loading={busy} onClick={() => file && take(file)}>
            {t`Go on with this table`}
          </Button>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
