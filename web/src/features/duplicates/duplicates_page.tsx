// SPDX-License-Identifier: Apache-2.0
// Pairs that may be one and the same record, the likeliest first: compared side by side, merged or
// told apart, with the keyboard. Which pair is open is part of the address.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconChecks, IconCopy, IconSearch } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { TypeMeta } from "../../api/types";
import { PageHeader } from "../../kit/page_header";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { QualityTabs } from "../../records/quality_tabs";
import { open_record_action } from "../../records/record_actions";
import { useErrorText } from "../../records/use_translate";
import classes from "./duplicates.module.css";
import { PairCompare } from "./pair_compare";
import { PairFilters } from "./pair_filters";
import { PairList } from "./pair_list";
import { pairs_query, rules_query } from "./queries";
import { ScanBar } from "./scan_bar";
import type { Pair } from "./types";
import { usePairKeys } from "./use_pair_keys";
import { useTellApart } from "./use_tell_apart";

const ScanDetails = lazy(() => import("./scan_details"));

export interface DuplicateSearch {
  type?: string;
  certainty?: string;
  owner?: string;
  pair?: number;
}

export function DuplicatesPage() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const rules = useQuery(rules_query);
  const search = useSearch({ strict: false }) as DuplicateSearch;
  const types = (rules.data?.rules ?? []).flatMap((one) => dictionary.type(one.type) ?? []);
  const type = types.find((one) => one.name === search.type) ?? types[0];
  return (
    <div className="page">
      <PageHeader icon={<IconCopy size={17} stroke={1.6} />} title={t`Duplicates`} />
      <QualityTabs />
      {rules.isPending && <Waiting />}
      {rules.error && (
        <ErrorState
          title={t`This could not be shown`}
          detail={error_text(rules.error)}
          retry={() => void rules.refetch()}
          retry_label={t`Try again`}
        />
      )}
      {rules.data && !type && (
        <EmptyState icon={<IconCopy size={22} stroke={1.5} />} title={t`Nothing is compared`}>
          {t`An administrator says under Settings, Duplicates how records are compared.`}
        </EmptyState>
      )}
      {type && <Queue key={type.name} type={type} types={types} search={search} />}
    </div>
  );
}

function Waiting() {
  return (
    <div className={classes.waiting}>
      <SkeletonLines count={10} />
    </div>
  );
}

interface QueueProps {
  type: TypeMeta;
  types: TypeMeta[];
  search: DuplicateSearch;
}

function Queue({ type, types, search }: QueueProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const error_text = useErrorText();
  const [details, set_details] = useState(false);
  const filter = {
    type: type.name,
    certainty: search.certainty ?? "",
    owner: search.owner ?? "",
  };
  const answer = useInfiniteQuery(pairs_query(filter));
  const apart = useTellApart(type);
  const all = answer.data?.pages.flatMap((page) => page.pairs) ?? [];
  const pairs = all.filter((pair) => !apart.gone.has(pair.pair));
  const change = (next: DuplicateSearch) =>
    void navigate({
      to: ".",
      replace: true,
      search: clean({ ...search, pair: undefined, ...next }) as never,
    });
  const open = (pair: Pair | undefined) => change({ pair: pair?.pair });
  const at = pairs.findIndex((pair) => pair.pair === search.pair);
  const shown = at >= 0 ? pairs[at] : pairs[0];
  const place = Math.max(0, at);
  const may_merge = dictionary.can(type.name, "update") && dictionary.can(type.name, "archive");
  const merge = (pair: Pair) =>
    open_record_action("merge", { type, ids: [pair.left.id, pair.right.id] });
  const actions = {
    next: () => {
      if (place + 1 >= pairs.length - 3 && answer.hasNextPage) void answer.fetchNextPage();
      open(pairs[Math.min(place + 1, pairs.length - 1)]);
    },
    previous: () => open(pairs[Math.max(place - 1, 0)]),
    merge: may_merge ? () => shown && merge(shown) : undefined,
    apart: () => {
      if (!shown) return;
      open(pairs[place + 1] ?? pairs[place - 1]);
      apart.dismiss(shown);
    },
    undo: apart.undo,
  };
  usePairKeys(actions);
  const counts = answer.data?.pages[0]?.counts;
  return (
    <div className={classes.whole} data-open={at >= 0 || undefined}>
      <PairFilters
        types={types}
        filter={filter}
        counts={counts}
        change={change}
        merge_certain={
          may_merge && dictionary.may("bulk_edit") && counts?.certain
            ? () => open_record_action("merge_certain", { type, count: counts.certain })
            : undefined
        }
      />
      {dictionary.may("bulk_edit") && <ScanBar type={type} details={() => set_details(true)} />}
      {answer.error && !answer.data ? (
        <ErrorState
          title={t`The pairs could not be shown`}
          detail={error_text(answer.error)}
          retry={() => void answer.refetch()}
          retry_label={t`Try again`}
        />
      ) : answer.isPending ? (
        <Waiting />
      ) : pairs.length && shown ? (
        <div className={classes.queue}>
          <PairList
            pairs={pairs}
            shown={shown}
            open={open}
            more={answer.hasNextPage ? () => void answer.fetchNextPage() : undefined}
            loading={answer.isFetchingNextPage}
          />
          <PairCompare
            key={shown.pair}
            type={type}
            pair={shown}
            actions={actions}
            close={() => open(undefined)}
          />
        </div>
      ) : (
        <Nothing filtered={!!(filter.certainty || filter.owner)} change={change} />
      )}
      {details && (
        <Suspense>
          <ScanDetails type={type} close={() => set_details(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Nothing({
  filtered,
  change,
}: {
  filtered: boolean;
  change: (next: DuplicateSearch) => void;
}) {
  const { t } = useLingui();
  if (!filtered) {
    return (
      <EmptyState icon={<IconChecks size={22} stroke={1.5} />} title={t`No pairs are waiting`}>
        {t`Look for duplicates to compare all records. New ones are compared when they are made.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconSearch size={22} stroke={1.5} />}
      title={t`No such pairs`}
      action={
        <Button
          variant="default"
          onClick={() => change({ certainty: undefined, owner: undefined } as DuplicateSearch)}
        >
          {t`Show all`}
        </Button>
      }
    >
      {t`There may be some that are less or more certain, or that belong to others.`}
    </EmptyState>
  );
}

const clean = (search: object) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value));
