// SPDX-License-Identifier: Apache-2.0
// Which findings the address asks for, which of them is shown, and how one goes on from it.
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import {
  counts_query,
  finding_query,
  findings_query,
  NO_FILTER,
  type QueueFilter,
} from "./queries";
import type { Finding } from "./types";
import type { Acts } from "./use_acts";

export interface QualitySearch extends Partial<QueueFilter> {
  by?: string;
  finding?: string;
}

export const FILTERS = Object.keys(NO_FILTER) as (keyof QueueFilter)[];
// So early the next page is fetched that nobody waits for it.
const AHEAD = 8;

export interface QueueProps {
  filter: QueueFilter;
  search: QualitySearch;
}

export function useQueue({ filter, search }: QueueProps, acts: Acts) {
  const navigate = useNavigate();
  const answer = useInfiniteQuery(findings_query(filter));
  const total = useQuery(counts_query("severity", filter)).data;
  const all = answer.data?.pages.flatMap((page) => page.items) ?? [];
  const findings = all.filter((one) => !acts.gone.has(one.id));
  const wanted = Number(search.finding ?? 0);
  const at = findings.findIndex((one) => one.id === wanted);
  // Of another page, or of the record that is being looked at.
  const elsewhere = useQuery({
    ...finding_query(wanted),
    enabled: wanted > 0 && at < 0 && !answer.isPending && !acts.gone.has(wanted),
  });
  const other = at < 0 && elsewhere.data?.id === wanted ? elsewhere.data : undefined;
  const change = (next: QualitySearch) => {
    const all_of_it = { ...search, finding: undefined, ...next };
    const kept = Object.entries(all_of_it).filter(([, value]) => value);
    void navigate({ to: ".", replace: true, search: Object.fromEntries(kept) as never });
  };
  const open = (finding: Finding | undefined) =>
    change({ finding: finding ? String(finding.id) : "" });
  // Where one is; nobody has chosen yet: at the first one.
  const here = at >= 0 ? at : other ? -1 : 0;
  const step = (by: 1 | -1) => {
    const place = here < 0 ? 0 : here + by;
    if (place >= findings.length - AHEAD && answer.hasNextPage && !answer.isFetchingNextPage)
      void answer.fetchNextPage();
    const next = findings[Math.max(0, Math.min(place, findings.length - 1))];
    if (next) open(next);
  };
  // The one that comes into sight when this one is done with.
  const after = () => (here < 0 ? findings[0] : (findings[here + 1] ?? findings[here - 1]));
  return {
    answer,
    total,
    findings,
    shown: at >= 0 ? findings[at] : (other ?? findings[0]),
    is_open: at >= 0 || !!other,
    at: here,
    change,
    open,
    step,
    after,
  };
}

export type QueueState = ReturnType<typeof useQueue>;
