// SPDX-License-Identifier: Apache-2.0
// Who takes part and what they answered; and the viewer's own answer.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCheck, IconClock, IconQuestionMark, IconX } from "@tabler/icons-react";
import { Initials } from "../../kit/marks";
import { useTranslate } from "../../records/use_translate";
import type { Answer, Entry, Participant } from "./diary_types";
import classes from "./panel.module.css";

const WORDS: Record<Answer, MessageDescriptor> = {
  accepted: msg`Accepted`,
  tentative: msg`Maybe`,
  declined: msg`Declined`,
  invited: msg`Not answered`,
};
const ICONS = {
  accepted: IconCheck,
  tentative: IconQuestionMark,
  declined: IconX,
  invited: IconClock,
};

export function Participants({ participants }: { participants: Participant[] }) {
  const translate = useTranslate();
  return (
    <ul className={classes.people}>
      {participants.map((one) => {
        const Icon = ICONS[one.answer] ?? IconClock;
        return (
          <li key={one.user}>
            <Initials name={one.name} size={22} />
            <span className="clip grow">{one.name}</span>
            <span className={classes.answer} data-answer={one.answer}>
              <Icon size={13} stroke={2} aria-hidden />
              {translate(WORDS[one.answer] ?? WORDS.invited)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

interface Props {
  entry: Entry;
  answer: (entry: Entry, said: Exclude<Answer, "invited">) => void;
}

export function AnswerButtons({ entry, answer }: Props) {
  const { t } = useLingui();
  const choices = [
    { said: "accepted", label: t`Accept` },
    { said: "tentative", label: t`Maybe` },
    { said: "declined", label: t`Decline` },
  ] as const;
  return (
    <div className={classes.answers} role="group" aria-label={t`Your answer`}>
      {choices.map(({ said, label }) => (
        <Button
          key={said}
          size="xs"
          variant={entry.my_answer === said ? "filled" : "default"}
          aria-pressed={entry.my_answer === said}
          onClick={() => answer(entry, said)}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
