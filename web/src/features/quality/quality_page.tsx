// SPDX-License-Identifier: Apache-2.0
// The steward's workbench: what was found in the records, the worst first, put right one after the
// other with the keyboard, or many at once. Filter and finding are part of the address.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import { ChosenFinding } from "./chosen_finding";
import { FindingList } from "./finding_list";
import { ListHead } from "./list_head";
import { Nothing } from "./nothing";
import { QualityHead } from "./quality_tabs";
import { NO_FILTER, rules_query } from "./queries";
import { QueueFilters } from "./queue_filters";
import { useActs } from "./use_acts";
import { FILTERS, type QualitySearch, type QueueProps, useQueue } from "./use_queue";
import classes from "./workbench.module.css";

export function QualityPage() {
  const search = useSearch({ strict: false }) as QualitySearch;
  const filter = { ...NO_FILTER };
  for (const name of FILTERS) filter[name] = search[name] ?? "";
  return (
    <div className="page">
      <QualityHead />
      {/* What was left as it is makes another queue, with what is to be taken back there. */}
      <Queue key={filter.dismissed} filter={filter} search={search} />
    </div>
  );
}

function Queue(props: QueueProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const { filter, search } = props;
  const acts = useActs();
  const queue = useQueue(props, acts);
  const rules = useQuery(rules_query).data?.rules ?? [];
  const [filtering, set_filtering] = useState(false);
  const { answer, findings, shown } = queue;
  const refused = answer.error && !answer.data;
  return (
    <div
      className={classes.whole}
      data-open={queue.is_open || undefined}
      data-filtering={filtering || undefined}
    >
      <QueueFilters
        filter={filter}
        rules={rules}
        change={queue.change}
        done={() => set_filtering(false)}
      />
      <div className={classes.queue}>
        <ListHead
          queue={queue}
          filter={filter}
          rules={rules}
          by_record={search.by === "record"}
          filtering={filtering}
          toggle_filters={() => set_filtering(!filtering)}
        />
        {refused ? (
          <ErrorState
            title={t`The findings could not be shown`}
            detail={error_text(answer.error)}
            retry={() => void answer.refetch()}
            retry_label={t`Try again`}
          />
        ) : answer.isPending ? (
          <div className={classes.waiting} role="status" aria-label={t`Loading`}>
            <SkeletonLines count={12} />
          </div>
        ) : shown ? (
          <FindingList
            findings={findings}
            shown={shown}
            by_record={search.by === "record"}
            open={queue.open}
            more={answer.hasNextPage ? () => void answer.fetchNextPage() : undefined}
            loading={answer.isFetchingNextPage}
          />
        ) : (
          <Nothing filter={filter} change={queue.change} />
        )}
      </div>
      {shown && <ChosenFinding key={shown.type} finding={shown} queue={queue} acts={acts} />}
    </div>
  );
}
