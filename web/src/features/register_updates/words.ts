// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import type { EventKind, Proposal, ProposalState } from "./types";

export function useEventWords(): Record<EventKind, string> {
  const { t } = useLingui();
  return {
    bankruptcy: t`Bankruptcy`,
    dissolution: t`Dissolution`,
    new_name: t`New name`,
    new_address: t`New address`,
  };
}

export function useStateWords(): Record<ProposalState, string> {
  const { t } = useLingui();
  return {
    open: t`To decide`,
    accepted: t`Value accepted`,
    rejected: t`Rejected`,
    gone: t`No longer true`,
  };
}

export function useReasonWords(): Record<Proposal["reason"], string> {
  const { t } = useLingui();
  return {
    policy: t`For this field you are asked first.`,
    typed: t`Somebody typed the present value, so you are asked first.`,
    given_by_person: t`The person gave the present value or had it put right. It stays.`,
  };
}

export function useRegisterStatusWords(): Record<string, string> {
  const { t } = useLingui();
  return {
    active: t`Active`,
    winding_up: t`Being wound up`,
    bankrupt: t`Bankrupt`,
    dissolved: t`Dissolved`,
    inactive: t`Not active`,
  };
}
