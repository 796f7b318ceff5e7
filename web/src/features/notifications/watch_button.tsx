// SPDX-License-Identifier: Apache-2.0
// On a record's page: whether one is told when others change it.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconBellFilled, IconBellPlus } from "@tabler/icons-react";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { toast, toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";

interface Watch {
  is_watched: boolean;
  since: string | null;
}

const watch_query = (plural: string, id: number) =>
  queryOptions({
    queryKey: ["watch", plural, id],
    queryFn: () => api.get<Watch>(`/${plural}/${id}/watch`),
    staleTime: 300_000,
    retry: false,
  });

export default function WatchButton({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const query = watch_query(type.plural, record.id);
  const { data } = useQuery(query);
  const is_watched = data?.is_watched ?? false;
  const path = `/${type.plural}/${record.id}/watch`;
  const change = useMutation({
    mutationFn: async () => {
      if (is_watched) await api.remove(path);
      else await api.put(path);
      return !is_watched;
    },
    onSuccess: (watched) => {
      void query_client.invalidateQueries({ queryKey: ["watches"] });
      query_client.setQueryData<Watch>(query.queryKey, { is_watched: watched, since: null });
      toast(
        watched
          ? t`You are told when others change this.`
          : t`You are no longer told when others change this.`,
      );
    },
    onError: (error) => toast_error(error_text(error)),
  });
  return (
    <Tooltip label={is_watched ? t`Stop watching` : t`Watch: tell me when others change it`}>
      <ActionIcon
        variant="default"
        size={32}
        aria-label={t`Watch`}
        aria-pressed={is_watched}
        disabled={!data}
        loading={change.isPending}
        onClick={() => change.mutate()}
      >
        {is_watched ? <IconBellFilled size={17} /> : <IconBellPlus size={17} stroke={1.6} />}
      </ActionIcon>
    </Tooltip>
  );
}
