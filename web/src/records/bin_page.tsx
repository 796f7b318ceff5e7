// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { api } from "../api/client";
import { list_query, refresh_record } from "../api/queries";
import type { TypeMeta } from "../api/types";
import { ago_text } from "../base/format";
import { PageHeader } from "../kit/page_header";
import { EmptyState, ErrorState, SkeletonLines } from "../kit/states";
import { toast, toast_error } from "../kit/toast";
import { useDictionary } from "./dictionary";
import { TypeIcon } from "./type_icon";
import { useErrorText } from "./use_translate";

export function BinPage() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { type?: string };
  const types = dictionary.meta.types.filter(
    (type) => dictionary.can(type.name, "read") && type.name !== "list_item",
  );
  const type = types.find((entry) => entry.name === search.type) ?? types[0];
  if (!type) return null;
  return (
    <div className="page">
      <PageHeader
        icon={<IconTrash size={17} stroke={1.6} />}
        title={t`Bin`}
        actions={
          <Select
            aria-label={t`Record type`}
            size="xs"
            w={180}
            allowDeselect={false}
            leftSection={<TypeIcon type={type} size={15} />}
            data={types.map((entry) => ({
              value: entry.name,
              label: dictionary.text(entry.label_plural, entry.plural),
            }))}
            value={type.name}
            onChange={(next) =>
              void navigate({ to: ".", search: { type: next ?? undefined } as never })
            }
          />
        }
      />
      <div className="page_scroll">
        <div className="page_inner">
          <BinList key={type.name} type={type} />
        </div>
      </div>
    </div>
  );
}

function BinList({ type }: { type: TypeMeta }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const list = useInfiniteQuery(
    list_query(type.plural, { bin: true, sort: "name", fields: "name,archived_at" }),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const restore = useMutation({
    mutationFn: (id: number) => api.post(`/${type.plural}/${id}/restoration`),
    onSuccess: (_, id) => {
      toast(t`Restored.`);
      refresh_record(type.plural, id);
    },
    onError: (error) => toast_error(error_text(error)),
  });
  if (list.isPending) return <SkeletonLines />;
  if (list.isError) {
    return (
      <ErrorState
        title={t`The list could not be shown`}
        detail={error_text(list.error)}
        retry={() => void list.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  if (!rows.length) {
    return (
      <EmptyState icon={<IconTrash size={20} />} title={t`The bin is empty`}>
        {t`What you archive waits here before it is removed for good.`}
      </EmptyState>
    );
  }
  return (
    <div className="card table_scroll">
      <table className="table">
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <Link to="/$plural/$id" params={{ plural: type.plural, id: String(row.id) }}>
                  {String(row.name ?? row.id)}
                </Link>
              </td>
              <td className="dim">{row.archived_at ? ago_text(String(row.archived_at)) : ""}</td>
              <td align="right">
                <Button variant="default" onClick={() => restore.mutate(row.id)}>
                  {t`Restore`}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {list.hasNextPage && (
        <Button variant="subtle" m={8} onClick={() => void list.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </div>
  );
}
