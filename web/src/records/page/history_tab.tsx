// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { history_query } from "../../api/queries";
import type { HistoryItem, Row, TypeMeta } from "../../api/types";
import { instant_text } from "../../base/format";
import { Initials } from "../../kit/marks";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { ChangeList } from "../change_list";
import { useErrorText } from "../use_translate";
import { ChangeSource, useActionWords } from "./change_words";
import classes from "./history_tab.module.css";

export default function HistoryTab({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const history = useInfiniteQuery(history_query(type.plural, record.id));
  const items = history.data?.pages.flatMap((page) => page.items) ?? [];
  if (history.isPending) return <SkeletonLines />;
  if (history.isError) {
    return (
      <ErrorState
        title={t`The history could not be shown`}
        detail={error_text(history.error)}
        retry={() => void history.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  if (!items.length)
    return <EmptyState icon={<IconHistory size={20} />} title={t`No changes yet`} />;
  return (
    <div className={classes.history}>
      {items.map((item) => (
        <article key={item.id} className={classes.entry}>
          <Initials name={item.actor?.name ?? "–"} size={24} />
          <div className="grow">
            <HistoryHead item={item} />
            {item.action !== "create" && <ChangeList type={type} changes={item.changes} />}
            {item.action === "create" && item.changes.length > 0 && (
              <details>
                <summary className={classes.more}>{t`Values at creation`}</summary>
                <ChangeList type={type} changes={item.changes} />
              </details>
            )}
          </div>
        </article>
      ))}
      {history.hasNextPage && (
        <Button
          variant="default"
          loading={history.isFetchingNextPage}
          onClick={() => void history.fetchNextPage()}
        >
          {t`Show older`}
        </Button>
      )}
    </div>
  );
}

function HistoryHead({ item }: { item: HistoryItem }) {
  const { t } = useLingui();
  const action_words = useActionWords();
  return (
    <p className={classes.head}>
      <span className={classes.who}>{item.actor?.name ?? t`The system`}</span>
      <span className="dim">{action_words(item.action)}</span>
      <ChangeSource item={item} />
      <time className={classes.time} dateTime={item.at}>
        {instant_text(item.at)}
      </time>
    </p>
  );
}
