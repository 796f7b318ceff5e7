// SPDX-License-Identifier: Apache-2.0
// The queue as the address has it, and what the buttons and keys do with the difference shown.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDictionary } from "../../records/dictionary";
import { proposals_query } from "./queries";
import { type Proposal, type ReviewFilter, STATES } from "./types";
import { useDecisions } from "./use_decisions";
import { type ReviewActions, useReviewKeys } from "./use_review_keys";

export interface ReviewSearch {
  state?: string;
  field?: string;
  provider?: string;
  owner?: string;
  proposal?: string;
}

// So many before the end the next page is fetched.
const AHEAD = 3;

export function useReview(search: ReviewSearch) {
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const filter: ReviewFilter = {
    state: STATES.find((one) => one === search.state) ?? "open",
    field: search.field ?? "",
    provider: search.provider ?? "",
    owner: search.owner ?? "",
  };
  const answer = useInfiniteQuery(proposals_query(filter));
  const decisions = useDecisions();
  const all = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const proposals = all.filter((one) => !decisions.gone.has(one.id));
  const change = (next: ReviewSearch) =>
    void navigate({
      to: ".",
      replace: true,
      search: clean({ ...search, proposal: undefined, ...next }) as never,
    });
  const open = (proposal: Proposal | undefined) =>
    change({ proposal: proposal ? String(proposal.id) : "" });
  const at = proposals.findIndex((one) => String(one.id) === search.proposal);
  const place = Math.max(0, at);
  const shown = proposals[place];
  const leave = (act: (proposal: Proposal) => void) => () => {
    if (!shown) return;
    // On a phone one goes on to the next only when one is looked at.
    if (at >= 0) open(proposals[place + 1] ?? proposals[place - 1]);
    act(shown);
  };
  const may = shown?.state === "open" && dictionary.can("company", "update");
  const takes = may && shown.reason !== "given_by_person";
  const reopens = shown?.state === "rejected" && dictionary.can("company", "update");
  const actions: ReviewActions = {
    next: () => {
      if (place + 1 >= proposals.length - AHEAD && answer.hasNextPage) void answer.fetchNextPage();
      open(proposals[Math.min(place + 1, proposals.length - 1)]);
    },
    previous: () => open(proposals[Math.max(place - 1, 0)]),
    accept: takes ? leave((one) => decisions.accept(one)) : undefined,
    always:
      takes && dictionary.may("administer")
        ? leave((one) => decisions.accept(one, true))
        : undefined,
    reject: may ? leave(decisions.reject) : undefined,
    reopen: reopens ? leave(decisions.reopen) : undefined,
    open: () =>
      shown &&
      void navigate({
        to: "/$plural/$id",
        params: { plural: "companies", id: String(shown.company.id) },
      }),
    undo: decisions.undo,
  };
  useReviewKeys(actions);
  return { filter, answer, proposals, shown, is_open: at >= 0, change, open, actions };
}

const clean = (search: object) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value));
