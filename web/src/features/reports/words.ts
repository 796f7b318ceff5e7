// SPDX-License-Identifier: Apache-2.0
// When something is sent and what became of it, in a sentence.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { weekday_text } from "../../base/format";
import { type Frequency, LAST_DAY, type Schedule, type State } from "./types";

export type Translate = (message: MessageDescriptor) => string;

export const FREQUENCY_WORDS: Record<Frequency, MessageDescriptor> = {
  daily: msg`Every day`,
  weekdays: msg`Every weekday`,
  weekly: msg`Every week`,
  monthly: msg`Every month`,
};

export function schedule_text(schedule: Schedule, _: Translate): string {
  const { time } = schedule;
  if (schedule.frequency === "daily") return _(msg`Every day at ${time}`);
  if (schedule.frequency === "weekdays") return _(msg`Monday to Friday at ${time}`);
  const [day = LAST_DAY] = schedule.days;
  if (schedule.frequency === "monthly")
    return day === LAST_DAY
      ? _(msg`On the last day of the month at ${time}`)
      : _(msg`On day ${day} of the month at ${time}`);
  const days = schedule.days.map(weekday_text).join(", ");
  return _(msg`Every week on ${days} at ${time}`);
}

export const STATE_WORDS: Record<State, MessageDescriptor> = {
  waiting: msg`Waiting`,
  preparing: msg`Being prepared`,
  handing: msg`Being sent`,
  sent: msg`Sent`,
  failed: msg`Not sent`,
  skipped: msg`Left out`,
  unsure: msg`Perhaps sent`,
};

const ERRORS: Record<string, MessageDescriptor> = {
  "connect/switched_off": msg`Outgoing e-mail is switched off. An administrator can switch it on.`,
  "reports/bad_mail_settings": msg`The settings of outgoing e-mail are not complete.`,
  "reports/not_wanted": msg`The receiver does not want it, or is no longer here.`,
  "reports/given_up": msg`It was tried too often.`,
  "reports/unsure": msg`The server took the letter; its answer was lost. It is not sent again.`,
  "dashboards/not_found": msg`The receiver may not see the dashboard.`,
  "dashboards/no_such_tile": msg`The tile is no longer on the dashboard.`,
  "mail/address_refused": msg`The mail server may not be called from here.`,
  "mail/unknown_host": msg`The mail server was not found.`,
  "mail/not_connected": msg`The mail server could not be reached.`,
  "mail/timeout": msg`The mail server did not answer in time.`,
  "mail/tls": msg`The connection to the mail server could not be encrypted.`,
  "mail/sign_in_refused": msg`The mail server refused the user name or password.`,
  "mail/sender_refused": msg`The mail server refused the sender.`,
  "mail/recipient_refused": msg`The mail server refused the receiver.`,
  "mail/letter_refused": msg`The mail server refused the letter.`,
};

export const problem_text = (code: string, _: Translate): string =>
  _(ERRORS[code] ?? msg`The letter could not be sent.`);
