// SPDX-License-Identifier: Apache-2.0
// The value as it is and as it would be, in one line; said as two values to who does not see it.
import { useLingui } from "@lingui/react/macro";
import { diff_text } from "./diff_text";
import classes from "./quality.module.css";

interface Props {
  before: string | null;
  after: string | null;
}

export function DiffView(props: Props) {
  const { t } = useLingui();
  const before = props.before ?? "";
  const after = props.after ?? "";
  const words = !before
    ? t`${after} is filled in`
    : after
      ? t`${before} becomes ${after}`
      : t`${before} is taken out`;
  return (
    <span className={classes.diff}>
      <span className="visually_hidden">{words}</span>
      <span aria-hidden>
        {diff_text(before, after).map(({ text, kind }, place) =>
          kind === "gone" ? (
            <del key={place}>{text}</del>
          ) : kind === "new" ? (
            <ins key={place}>{text}</ins>
          ) : (
            <span key={place}>{text}</span>
          ),
        )}
      </span>
    </span>
  );
}
