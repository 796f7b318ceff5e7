// SPDX-License-Identifier: Apache-2.0
// Everything that happened around a record, newest first, and a place to write down the next thing.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import {
  IconCalendarEvent,
  IconChartBar,
  IconCheckbox,
  IconFileText,
  IconHistory,
  IconMessage,
  IconNote,
  IconPhone,
  IconUser,
} from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { timeline_query } from "../../api/queries";
import type { HistoryItem, Ref, Row, TimelineItem, TypeMeta } from "../../api/types";
import { instant_text, month_text, near_text } from "../../base/format";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../dictionary";
import { FieldView } from "../fields/field";
import { is_empty } from "../fields/field_parts";
import { useErrorText } from "../use_translate";
import { ChangeEntry } from "./change_entry";
import { Composer } from "./composer";
import { CHANGE, type TimelineFilter, TimelineFilterBar } from "./timeline_filter";
import classes from "./timeline_tab.module.css";

const ICONS: Record<string, typeof IconNote> = {
  note: IconNote,
  call: IconPhone,
  meeting: IconCalendarEvent,
  task: IconCheckbox,
  activity: IconCalendarEvent,
  sale: IconChartBar,
  document: IconFileText,
  request: IconMessage,
  person: IconUser,
};
const NOTABLE = ["status", "stage", "amount", "due_on", "person", "description", "note"];

export default function TimelineTab({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [filter, set_filter] = useState<TimelineFilter>({ kinds: [], q: "" });
  const filtered = filter.kinds.length > 0 || filter.q.trim() !== "";
  const timeline = useInfiniteQuery(timeline_query(type.plural, record.id, filter));
  const items = timeline.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className={classes.timeline}>
      <Composer type={type} record={record} />
      <TimelineFilterBar type={type} filter={filter} change={set_filter} />
      {timeline.isPending && <SkeletonLines />}
      {timeline.isError && (
        <ErrorState
          title={t`The timeline could not be shown`}
          detail={error_text(timeline.error)}
          retry={() => void timeline.refetch()}
          retry_label={t`Try again`}
        />
      )}
      {timeline.isSuccess && !items.length && filtered && (
        <EmptyState icon={<IconHistory size={20} />} title={t`Nothing fits`}>
          {t`Choose other kinds or other words.`}
        </EmptyState>
      )}
      {timeline.isSuccess && !items.length && !filtered && (
        <EmptyState icon={<IconHistory size={20} />} title={t`Nothing has happened yet`}>
          {t`Write a note, log a call or plan a meeting above.`}
        </EmptyState>
      )}
      <ol className={classes.list}>
        {items.map((item, index) => {
          const month = month_text(item.at);
          const first = index === 0 || month_text(items[index - 1]!.at) !== month;
          return (
            <li key={`${item.kind}/${item.type}/${item.id}/${item.record?.id ?? item.at}`}>
              {first && <h3 className={classes.month}>{month}</h3>}
              {item.kind === CHANGE ? (
                <ChangeEntry type={type} item={item.record as unknown as HistoryItem} />
              ) : (
                <Entry item={item} about={type} />
              )}
            </li>
          );
        })}
      </ol>
      {timeline.hasNextPage && (
        <Button
          variant="default"
          loading={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          {t`Show older`}
        </Button>
      )}
    </div>
  );
}

function Entry({ item, about }: { item: TimelineItem; about: TypeMeta }) {
  const dictionary = useDictionary();
  const type = dictionary.type(item.type);
  const kind = String(item.record?.kind ?? item.kind);
  const Icon = ICONS[kind] ?? ICONS[item.kind] ?? IconHistory;
  const name = item.name ?? String(item.record?.name ?? item.id);
  const by = item.by ?? (item.record?.owner as Ref | null | undefined);
  const facts = NOTABLE.flatMap((name) => {
    const field = type && dictionary.field(type, name);
    const value = item.record?.[name];
    return field && name !== about.name && !is_empty(value) ? [{ field, value }] : [];
  });
  const text = facts.find(({ field }) => field.kind === "long_text" || field.kind === "rich_text");
  const short = facts.filter((fact) => fact !== text);
  return (
    <article className={classes.entry}>
      <span className={classes.icon} data-kind={kind}>
        <Icon size={15} stroke={1.7} aria-hidden />
      </span>
      <div className={classes.body}>
        <div className={classes.line}>
          {type ? (
            <Link
              to="/$plural/$id"
              params={{ plural: type.plural, id: String(item.id) }}
              className={`${classes.name} clip`}
            >
              {name}
            </Link>
          ) : (
            <span className={`${classes.name} clip`}>{name}</span>
          )}
          <time className={classes.time} dateTime={item.at} title={instant_text(item.at)}>
            {near_text(item.at)}
          </time>
        </div>
        {(short.length > 0 || by) && (
          <div className={classes.facts}>
            {by && <span className="dim">{by.name}</span>}
            {short.map(({ field, value }) => (
              <FieldView key={field.name} field={field} value={value} dense />
            ))}
          </div>
        )}
        {text && (
          <div className={classes.text}>
            <FieldView field={text.field} value={text.value} />
          </div>
        )}
      </div>
    </article>
  );
}
