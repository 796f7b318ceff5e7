// SPDX-License-Identifier: Apache-2.0
// What panel and page have above the list.
import { useLingui } from "@lingui/react/macro";
import { Button, Switch } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import { told_query, unread_query, useMarkAll } from "./queries";

interface Props {
  only_unread: boolean;
  set_only_unread: (next: boolean) => void;
}

export function NotificationActions({ only_unread, set_only_unread }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const { data } = useInfiniteQuery(told_query(only_unread));
  const { data: count } = useQuery(unread_query);
  const mark_all = useMarkAll();
  // What comes while one looks stays unread.
  const moments = data?.pages[0]?.items.map((one) => one.at) ?? [];
  const newest = moments.sort().at(-1) ?? "";
  return (
    <>
      <Switch
        label={t`Only unread`}
        checked={only_unread}
        onChange={(event) => set_only_unread(event.currentTarget.checked)}
      />
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconChecks size={16} stroke={1.6} />}
        disabled={!count?.unread || !newest}
        loading={mark_all.isPending}
        onClick={() =>
          mark_all.mutate(newest, { onError: (error) => toast_error(error_text(error)) })
        }
      >
        {t`Mark all as read`}
      </Button>
    </>
  );
}
