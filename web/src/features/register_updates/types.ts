// SPDX-License-Identifier: Apache-2.0
// The shapes of /register_updates.

export type ProposalState = "open" | "accepted" | "rejected" | "gone";
export const STATES: ProposalState[] = ["open", "accepted", "rejected", "gone"];

interface Named {
  id: number;
  name: string;
}

export interface Proposal {
  id: number;
  company: Named;
  owner: Named | null;
  field: string;
  present: unknown;
  offered: unknown;
  provider: string;
  title: string;
  obtained_on: string;
  found_at: string;
  state: ProposalState;
  // given_by_person: the person gave the present value, or had it put right; it stays.
  reason: "policy" | "typed" | "given_by_person";
  decided_at: string | null;
  decided_by: Named | null;
  batch: number | null;
}

export interface ProposalPage {
  items: Proposal[];
  next: string | null;
}

export interface ProposalCounts {
  open: number;
  by_field: { field: string; count: number }[];
  by_provider: { provider: string; title: string; count: number }[];
}

export interface ReviewFilter {
  state: string;
  field: string;
  provider: string;
  owner: string;
}

export type EventKind = "bankruptcy" | "dissolution" | "new_name" | "new_address";

export interface RegisterEvent {
  id: number;
  company: Named;
  kind: EventKind;
  provider: string;
  title: string;
  before: string;
  after: string;
  happened_on: string;
  found_at: string;
  task: number | null;
}

export interface CompanyUpdates {
  is_exempt: boolean;
  open: number;
  checks: {
    provider: string;
    title: string;
    number: string;
    name: string;
    status: string;
    obtained_on: string;
    checked_at: string;
  }[];
  events: RegisterEvent[];
}

export interface UpdateOutcome {
  provider: string;
  obtained_on: string;
  batch: number | null;
  fields: {
    field: string;
    before: unknown;
    offered: unknown;
    action: "set" | "propose" | "keep" | "refuse";
    reason?: string;
  }[];
  proposed: number;
  events: EventKind[];
}
