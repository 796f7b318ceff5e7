// SPDX-License-Identifier: Apache-2.0
// What there is to say about the value of a field, in one line, and the suggestion as one click. It
// stops nobody, and changes nothing by itself.
import { useLingui } from "@lingui/react/macro";
import { Loader } from "@mantine/core";
import classes from "./quality.module.css";
import type { Remark } from "./types";
import { SeverityIcon } from "./words";

interface Props {
  remark: Remark;
  // Absent: it is said, and put right by hand.
  fix: (() => void) | undefined;
  busy?: boolean;
}

export function FieldRemark({ remark, fix, busy }: Props) {
  const { t } = useLingui();
  const { suggestion, text } = remark;
  const value = suggestion?.value ?? "";
  return (
    <p className={classes.remark} data-severity={remark.severity}>
      <SeverityIcon severity={remark.severity} size={14} />
      <span>{text}</span>
      {suggestion && fix && (
        <button
          type="button"
          className={classes.remark_fix}
          aria-label={value ? t`Use ${value}` : t`Empty the field`}
          disabled={busy}
          // The field keeps the keyboard: leaving it would save what is being put right.
          onMouseDown={(event) => event.preventDefault()}
          onClick={fix}
        >
          {busy ? <Loader size={11} /> : value ? `${value}?` : t`Empty it?`}
        </button>
      )}
    </p>
  );
}
