// SPDX-License-Identifier: Apache-2.0
// How sure it is that two records are the same, in a word and a colour.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { number_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import { useTranslate } from "../../records/use_translate";
import classes from "./duplicates.module.css";
import type { Certainty, Reason } from "./types";

export const CERTAINTY_WORDS: Record<Certainty, MessageDescriptor> = {
  certain: msg`Certain`,
  likely: msg`Likely`,
  possible: msg`Possible`,
};
const COLOURS: Record<Certainty, string> = { certain: "red", likely: "orange", possible: "grey" };

export function CertaintyTag({ certainty }: { certainty: Certainty }) {
  const translate = useTranslate();
  return <Tag colour={COLOURS[certainty]}>{translate(CERTAINTY_WORDS[certainty])}</Tag>;
}

export function Score({ score, certainty }: { score: number; certainty: Certainty }) {
  const { t } = useLingui();
  return (
    <span className={classes.score} data-certainty={certainty} title={t`How alike, of 100`}>
      {number_text(score, 0)}
    </span>
  );
}

// What speaks for it comes first; what speaks against it is said too, but not where room is scarce.
export function ReasonList({ reasons, max }: { reasons: Reason[]; max?: number }) {
  const shown = max ? reasons.filter((reason) => reason.points > 0).slice(0, max) : reasons;
  return (
    <ul className={classes.reasons}>
      {shown.map((reason) => (
        <li key={`${reason.kind}/${reason.field}`} data-against={reason.points < 0 || undefined}>
          {reason.text}
        </li>
      ))}
    </ul>
  );
}
