// SPDX-License-Identifier: Apache-2.0
// What one was told, day by day: in the bell's panel, and on a page of its own.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconBell,
  IconBellRinging,
  IconCalendarOff,
  IconCalendarPlus,
  IconCalendarTime,
  IconChecks,
  IconCircleCheck,
  IconCircleDot,
  IconEye,
  IconMail,
  IconMailOpened,
  IconMessageReply,
  IconUserCheck,
} from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ComponentType, KeyboardEvent } from "react";
import { date_text, time_text } from "../../base/format";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import { by_day, type Day, day_of } from "./days";
import classes from "./notifications.module.css";
import { told_query, useMark } from "./queries";
import type { Kind, Told } from "./types";
import { useOpen } from "./use_open";
import { useSentence } from "./words";

const ICONS: Record<Kind, ComponentType<{ size: number; stroke: number }>> = {
  reminder: IconCalendarTime,
  task_due: IconCircleDot,
  invited: IconCalendarPlus,
  answered: IconMessageReply,
  moved: IconArrowsExchange,
  cancelled: IconCalendarOff,
  assigned: IconUserCheck,
  changed: IconEye,
  job_done: IconCircleCheck,
  job_failed: IconAlertTriangle,
  alert: IconBellRinging,
  quality_weekly: IconChecks,
};

interface Props {
  only_unread: boolean;
  on_open?: () => void;
}

export function NotificationList({ only_unread, on_open }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const told = useInfiniteQuery(told_query(only_unread));
  if (told.isPending)
    return (
      <div className={classes.waiting} role="status" aria-label={t`Loading`}>
        <SkeletonLines count={6} />
      </div>
    );
  if (!told.data)
    return (
      <ErrorState
        title={t`This could not be shown`}
        detail={error_text(told.error)}
        retry={() => void told.refetch()}
        retry_label={t`Try again`}
      />
    );
  const days = by_day(told.data.pages.flatMap((page) => page.items));
  if (!days.length)
    return (
      <EmptyState
        icon={<IconBell size={22} stroke={1.5} />}
        title={only_unread ? t`You have read everything` : t`Nothing yet`}
      >
        {t`Reminders, invitations, and what others do with your records come here.`}
      </EmptyState>
    );
  return (
    <div className={classes.days} data-notifications>
      {days.map((one) => (
        <DayGroup key={one.day} group={one} on_open={on_open} />
      ))}
      {told.hasNextPage && (
        <Button
          variant="subtle"
          loading={told.isFetchingNextPage}
          onClick={() => void told.fetchNextPage()}
        >
          {t`Show more`}
        </Button>
      )}
    </div>
  );
}

function DayGroup({ group, on_open }: { group: Day; on_open?: (() => void) | undefined }) {
  const { t } = useLingui();
  const today = day_of(new Date().toISOString());
  const yesterday = day_of(new Date(Date.now() - 86_400_000).toISOString());
  const names: Record<string, string> = { [yesterday]: t`Yesterday`, [today]: t`Today` };
  return (
    <section>
      <h3 className={classes.day}>{names[group.day] ?? date_text(group.day)}</h3>
      <ul className={classes.list}>
        {group.items.map((told) => (
          <Row key={told.id} told={told} on_open={on_open} />
        ))}
      </ul>
    </section>
  );
}

function Row({ told, on_open }: { told: Told; on_open?: (() => void) | undefined }) {
  const { t } = useLingui();
  const sentence = useSentence();
  const open = useOpen(on_open);
  const mark = useMark();
  const Icon = ICONS[told.kind] ?? IconBell;
  const is_read = told.read_at !== null;
  return (
    <li className={classes.row} data-unread={!is_read || undefined} data-kind={told.kind}>
      <button
        type="button"
        className={classes.open}
        data-row
        onClick={() => open(told)}
        onKeyDown={step}
      >
        <span className={classes.icon} aria-hidden>
          <Icon size={17} stroke={1.6} />
        </span>
        <span className={classes.sentence}>
          {!is_read && <span className="visually_hidden">{t`Unread`}: </span>}
          {sentence(told)}
        </span>
        <time className={classes.time} dateTime={told.at}>
          {time_text(told.at)}
        </time>
      </button>
      <ActionIcon
        className={classes.mark}
        size={28}
        aria-label={is_read ? t`Mark as unread` : t`Mark as read`}
        title={is_read ? t`Mark as unread` : t`Mark as read`}
        onClick={() => mark.mutate({ id: told.id, read: !is_read })}
      >
        {is_read ? <IconMail size={15} stroke={1.6} /> : <IconMailOpened size={15} stroke={1.6} />}
      </ActionIcon>
    </li>
  );
}

// Arrows go from one to the next, over the days.
function step(event: KeyboardEvent<HTMLButtonElement>) {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!by) return;
  event.preventDefault();
  const all = event.currentTarget.closest("[data-notifications]")?.querySelectorAll("[data-row]");
  const rows = [...(all ?? [])] as HTMLElement[];
  rows[rows.indexOf(event.currentTarget) + by]?.focus();
}
