// SPDX-License-Identifier: Apache-2.0
// What registers say otherwise than the companies: decided one by one with the keyboard, or many at
// once. Filter and difference are part of the address.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconChecks, IconRefreshDot, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { PageHeader } from "../../kit/page_header";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import { DecideDialog } from "./decide_dialog";
import { ProposalCompare } from "./proposal_compare";
import { ProposalList } from "./proposal_list";
import { counts_query, type Decision } from "./queries";
import classes from "./review.module.css";
import { ReviewFilters } from "./review_filters";
import { type ReviewSearch, useReview } from "./use_review";

export function ReviewPage() {
  const { t } = useLingui();
  const search = useSearch({ strict: false }) as ReviewSearch;
  return (
    <div className="page">
      <PageHeader icon={<IconRefreshDot size={17} stroke={1.6} />} title={t`Register updates`} />
      {/* What is decided makes another queue, with what is to be taken back there. */}
      <Queue key={search.state ?? ""} search={search} />
    </div>
  );
}

function Queue({ search }: { search: ReviewSearch }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const type = dictionary.type("company");
  const review = useReview(search);
  const counts = useQuery(counts_query(review.filter)).data;
  const [deciding, set_deciding] = useState<Decision | null>(null);
  const { answer, proposals, shown, filter } = review;
  if (!type) return null;
  const many = dictionary.may("bulk_edit") && filter.state === "open" && !!counts?.open;
  return (
    <div className={classes.whole} data-open={review.is_open || undefined}>
      <ReviewFilters
        type={type}
        filter={filter}
        counts={counts}
        change={review.change}
        decide={many ? set_deciding : undefined}
      />
      {answer.error && !answer.data ? (
        <ErrorState
          title={t`The differences could not be shown`}
          detail={error_text(answer.error)}
          retry={() => void answer.refetch()}
          retry_label={t`Try again`}
        />
      ) : answer.isPending ? (
        <div className={classes.waiting} role="status" aria-label={t`Loading`}>
          <SkeletonLines count={10} />
        </div>
      ) : shown ? (
        <div className={classes.queue}>
          <ProposalList
            type={type}
            proposals={proposals}
            shown={shown}
            open={review.open}
            more={answer.hasNextPage ? () => void answer.fetchNextPage() : undefined}
            loading={answer.isFetchingNextPage}
          />
          <ProposalCompare
            key={shown.id}
            type={type}
            proposal={shown}
            actions={review.actions}
            close={() => review.open(undefined)}
          />
        </div>
      ) : (
        <Nothing
          filtered={!!(filter.field || filter.provider || filter.owner)}
          show_all={() => review.change({ field: "", provider: "", owner: "" })}
        />
      )}
      {deciding && (
        <DecideDialog
          type={type}
          action={deciding}
          filter={filter}
          close={() => set_deciding(null)}
        />
      )}
    </div>
  );
}

function Nothing({ filtered, show_all }: { filtered: boolean; show_all: () => void }) {
  const { t } = useLingui();
  if (!filtered) {
    return (
      <EmptyState
        icon={<IconChecks size={22} stroke={1.5} />}
        title={t`No differences are waiting`}
      >
        {t`What a register says otherwise comes here when a company is updated from it.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconSearch size={22} stroke={1.5} />}
      title={t`No such differences`}
      action={
        <Button variant="default" onClick={show_all}>
          {t`Show all`}
        </Button>
      }
    >
      {t`There may be some of other fields, registers or owners.`}
    </EmptyState>
  );
}
