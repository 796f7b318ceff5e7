// SPDX-License-Identifier: Apache-2.0
// What was merged, by whom and when, and taking it back.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconArrowMerge, IconCopy } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { ago_text, date_text, instant_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import { PageHeader } from "../../kit/page_header";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { QualityTabs } from "../../records/quality_tabs";
import { TypeIcon } from "../../records/type_icon";
import { useErrorText } from "../../records/use_translate";
import classes from "./merge.module.css";
import { merges_query } from "./queries";
import type { MergeEntry } from "./types";

const UndoDialog = lazy(() => import("./undo_dialog"));

export function MergesPage() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const merges = useInfiniteQuery(merges_query(""));
  const [undoing, set_undoing] = useState<MergeEntry | null>(null);
  const all = merges.data?.pages.flatMap((page) => page.merges) ?? [];
  return (
    <div className="page">
      <PageHeader icon={<IconCopy size={17} stroke={1.6} />} title={t`Duplicates`} />
      <QualityTabs />
      <div className="page_scroll">
        <div className={classes.list}>
          {merges.isPending && <SkeletonLines count={10} />}
          {merges.error && !merges.data && (
            <ErrorState
              title={t`The merges could not be shown`}
              detail={error_text(merges.error)}
              retry={() => void merges.refetch()}
              retry_label={t`Try again`}
            />
          )}
          {merges.data && !all.length && (
            <EmptyState
              icon={<IconArrowMerge size={22} stroke={1.5} />}
              title={t`Nothing has been merged yet`}
            >
              {t`Every merge stands here, and can be taken back for 30 days.`}
            </EmptyState>
          )}
          {all.length > 0 && (
            <ul className={classes.entries}>
              {all.map((entry) => (
                <Entry key={entry.merge} entry={entry} undo={() => set_undoing(entry)} />
              ))}
            </ul>
          )}
          {merges.hasNextPage && (
            <Button
              variant="subtle"
              loading={merges.isFetchingNextPage}
              onClick={() => void merges.fetchNextPage()}
            >
              {t`Show more`}
            </Button>
          )}
        </div>
      </div>
      {undoing && (
        <Suspense>
          <UndoDialog entry={undoing} close={() => set_undoing(null)} />
        </Suspense>
      )}
    </div>
  );
}

function Entry({ entry, undo }: { entry: MergeEntry; undo: () => void }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const type = dictionary.type(entry.type);
  const others = entry.merged.map((one) => one.label || `#${one.id}`).join(", ");
  const until = date_text(entry.undo_until.slice(0, 10));
  return (
    <li className={classes.entry} data-undone={entry.state === "undone" || undefined}>
      <TypeIcon type={type} />
      <div className="grow">
        <p className={classes.entry_name}>
          <Link
            to="/$plural/$id"
            params={{ plural: type?.plural ?? "", id: String(entry.kept.id) }}
            className="clip"
          >
            {entry.kept.label ?? `#${entry.kept.id}`}
          </Link>
          {entry.state === "undone" && <Tag>{t`Taken back`}</Tag>}
        </p>
        <p className="small dim">{t`took ${others}`}</p>
        <p className="small dim" title={instant_text(entry.at)}>
          {entry.by.name} · {ago_text(entry.at)}
          {entry.undoable && ` · ${t`can be taken back until ${until}`}`}
        </p>
      </div>
      {entry.undoable && (
        <Button variant="default" size="xs" onClick={undo}>
          {t`Take back`}
        </Button>
      )}
    </li>
  );
}
