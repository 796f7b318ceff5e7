// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";

// What the access log calls an action, in words; the order is that of the filter.
export function useAccessWords(): { word: (action: string) => string; actions: string[] } {
  const { t } = useLingui();
  const words: Record<string, string> = {
    read: t`read`,
    list: t`listed`,
    search: t`searched`,
    aggregate: t`counted`,
    export: t`exported`,
    download: t`downloaded`,
    reveal: t`revealed`,
    create: t`created`,
    change: t`changed`,
    remove: t`removed`,
    sign_in: t`signed in`,
    sign_in_failed: t`could not sign in as`,
    sign_out: t`signed out`,
    change_password: t`changed the password of`,
    create_key: t`made an API key for`,
    remove_key: t`ended an API key of`,
    enable_totp: t`switched the second factor on for`,
    disable_totp: t`switched the second factor off for`,
    renew_recovery_codes: t`made new recovery codes for`,
    password_link: t`made a password link for`,
    read_access_log: t`read the access log`,
    read_egress_log: t`read the outgoing calls`,
  };
  return { word: (action) => words[action] ?? action, actions: Object.keys(words) };
}

// What was looked at of a record when it was not the record itself.
export function useShapeWords(): (shape: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    history: t`History`,
    timeline: t`Timeline`,
    relations: t`Relations`,
    "dashboard tile": t`dashboard tile`,
    "selection changes": t`changes of a selection`,
    "selection preview": t`preview of a selection`,
    "follow-up preview": t`preview of follow-ups`,
  };
  return (shape) => words[shape] ?? shape;
}
