// SPDX-License-Identifier: Apache-2.0
// The records whose changes one is told of, and no more of them.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Badge, Button } from "@mantine/core";
import { IconBellOff, IconEye } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { date_text } from "../../base/format";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { toast, toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { TypeIcon } from "../../records/type_icon";
import { useErrorText } from "../../records/use_translate";
import { day_of } from "./days";
import classes from "./notifications.module.css";
import { watches_query } from "./queries";
import type { Watched } from "./types";

export function WatchedList() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const watches = useInfiniteQuery(watches_query);
  if (watches.isPending)
    return (
      <div className={classes.waiting} role="status" aria-label={t`Loading`}>
        <SkeletonLines count={6} />
      </div>
    );
  if (!watches.data)
    return (
      <ErrorState
        title={t`This could not be shown`}
        detail={error_text(watches.error)}
        retry={() => void watches.refetch()}
        retry_label={t`Try again`}
      />
    );
  const items = watches.data.pages.flatMap((page) => page.items);
  if (!items.length)
    return (
      <EmptyState icon={<IconEye size={22} stroke={1.5} />} title={t`You watch no records`}>
        {t`The bell on a record's page has you told when others change it.`}
      </EmptyState>
    );
  return (
    <div className={classes.days} data-watches>
      <ul className={classes.list} aria-label={t`Watched records`}>
        {items.map((one) => (
          <Row key={`${one.record.type} ${one.record.id}`} watched={one} />
        ))}
      </ul>
      {watches.hasNextPage && (
        <Button
          variant="subtle"
          loading={watches.isFetchingNextPage}
          onClick={() => void watches.fetchNextPage()}
        >
          {t`Show more`}
        </Button>
      )}
    </div>
  );
}

function Row({ watched }: { watched: Watched }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const dictionary = useDictionary();
  const { record } = watched;
  const type = dictionary.type(record.type);
  const name = record.title ?? `${dictionary.text(type?.label, record.type)} ${record.id}`;
  const since = date_text(day_of(watched.since));
  const stop = useMutation({
    mutationFn: () => api.remove(`/${record.plural}/${record.id}/watch`),
    onSuccess: () => {
      void query_client.invalidateQueries({ queryKey: watches_query.queryKey });
      void query_client.invalidateQueries({ queryKey: ["watch", record.plural, record.id] });
      toast(t`You are no longer told when others change this.`);
    },
    onError: (error) => toast_error(error_text(error)),
  });
  return (
    <li className={classes.row}>
      <Link
        to="/$plural/$id"
        params={{ plural: record.plural, id: String(record.id) }}
        className={classes.open}
      >
        <span className={classes.icon} aria-hidden>
          <TypeIcon type={type} size={17} />
        </span>
        <span className={classes.sentence}>
          {name} {record.is_archived && <Badge variant="default">{t`Archived`}</Badge>}
        </span>
        <time className={classes.time} dateTime={watched.since}>
          {t`since ${since}`}
        </time>
      </Link>
      <ActionIcon
        className={classes.mark}
        size={28}
        aria-label={t`Stop watching ${name}`}
        title={t`Stop watching`}
        loading={stop.isPending}
        onClick={() => stop.mutate()}
      >
        <IconBellOff size={15} stroke={1.6} />
      </ActionIcon>
    </li>
  );
}
