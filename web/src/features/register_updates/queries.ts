// SPDX-License-Identifier: Apache-2.0
// How differences to the registers are asked for and decided. Keys begin with "register_updates",
// so that a decision can make all stale.
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type {
  CompanyUpdates,
  Proposal,
  ProposalCounts,
  ProposalPage,
  ReviewFilter,
  UpdateOutcome,
} from "./types";

const PAGE = 50;
const PROPOSALS = "/register_updates/proposals";

export const proposals_query = (filter: ReviewFilter) =>
  infiniteQueryOptions({
    queryKey: ["register_updates", "proposals", filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<ProposalPage>(PROPOSALS, { ...filter, cursor: pageParam, limit: PAGE }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
  });

export const counts_query = (filter: ReviewFilter) =>
  queryOptions({
    queryKey: ["register_updates", "counts", filter.provider, filter.owner, filter.field],
    queryFn: ({ signal }) => {
      const { provider, owner, field } = filter;
      return api.get<ProposalCounts>(`${PROPOSALS}/counts`, { provider, owner, field }, signal);
    },
  });

export const company_updates_query = (id: number) =>
  queryOptions({
    queryKey: ["register_updates", "company", id],
    queryFn: ({ signal }) =>
      api.get<CompanyUpdates>(`/companies/${id}/register_updates`, {}, signal),
    retry: false,
  });

export const update_company = (id: number) =>
  api.post<UpdateOutcome>(`/companies/${id}/register_updates`, {});

export const accept = (id: number, always: boolean) =>
  api.post<{ batch: number }>(`${PROPOSALS}/${id}/accept`, always ? { always: true } : {});
export const reject = (id: number) => api.post(`${PROPOSALS}/${id}/reject`, {});
export const reopen = (id: number) => api.post(`${PROPOSALS}/${id}/reopen`, {});

export type Decision = "accept" | "reject";

const decide_body = (action: Decision, filter: ReviewFilter) => {
  const { field, provider, owner } = filter;
  const kept = Object.fromEntries(
    Object.entries({ field, provider, owner }).filter(([, value]) => value),
  );
  return { action, filter: kept };
};

export const decide_preview_query = (action: Decision, filter: ReviewFilter) =>
  queryOptions({
    queryKey: ["register_updates", "preview", action, filter],
    queryFn: ({ signal }) =>
      api.post<{ count: number; sample: Proposal[] }>(
        `${PROPOSALS}/decide`,
        { ...decide_body(action, filter), preview: true },
        { signal },
      ),
    gcTime: 0,
  });

export const decide_all = (action: Decision, filter: ReviewFilter) =>
  api.post<{ job: number; batch: number | null }>(
    `${PROPOSALS}/decide`,
    decide_body(action, filter),
  );

export const refresh_updates = () =>
  query_client.invalidateQueries({ queryKey: ["register_updates"] });
