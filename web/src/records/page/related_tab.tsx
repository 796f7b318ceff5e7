// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { list_query } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { open_create } from "../commands";
import { useDictionary } from "../dictionary";
import { FieldView } from "../fields/field";
import { is_empty } from "../fields/field_parts";
import { path_label, value_at } from "../list/list_columns";
import { count_text } from "../list/list_page";
import { TypeIcon } from "../type_icon";
import { useErrorText } from "../use_translate";
import classes from "./related_tab.module.css";

interface Props {
  type: TypeMeta;
  record: Row;
  related: { name: string; label: string; type: TypeMeta; columns: string[]; field: string };
}

export default function RelatedTab({ type, record, related }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const path = `/${type.plural}/${record.id}/related/${related.name}`;
  const list = useInfiniteQuery(
    list_query(related.type.plural, { fields: ["name", ...related.columns].join(",") }, path),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const create = () =>
    open_create({
      type: related.type.name,
      initial: { [related.field]: { id: record.id, name: String(record.name) } },
    });
  const may_create = dictionary.can(related.type.name, "create");
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
      <EmptyState
        icon={<TypeIcon type={related.type} size={20} />}
        title={t`None yet`}
        action={may_create && <Button onClick={create}>{t`New`}</Button>}
      />
    );
  }
  return (
    <div>
      <div className={classes.head}>
        <span className="dim small tabular">{count_text(list.data?.pages[0]?.count)}</span>
        {may_create && (
          <Button variant="default" leftSection={<IconPlus size={15} />} onClick={create}>
            {t`New`}
          </Button>
        )}
      </div>
      <div className={`card table_scroll ${classes.table}`}>
        <table className="table table_cards">
          <thead>
            <tr>
              {related.columns.map((column) => (
                <th key={column} scope="col">
                  {path_label(dictionary, related.type, column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                {related.columns.map((column, index) => (
                  <RelatedCell
                    key={column}
                    type={related.type}
                    row={row}
                    column={column}
                    first={index === 0}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {list.hasNextPage && (
        <Button
          variant="default"
          mt={12}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t`Show more`}
        </Button>
      )}
    </div>
  );
}

interface CellProps {
  type: TypeMeta;
  row: Row;
  column: string;
  first: boolean;
}

function RelatedCell({ type, row, column, first }: CellProps) {
  const dictionary = useDictionary();
  const field = dictionary.field(type, column);
  const value = value_at(row, column);
  if (first) {
    return (
      <td data-head>
        <Link
          to="/$plural/$id"
          params={{ plural: type.plural, id: String(row.id) }}
          className={classes.name}
        >
          {String(value ?? row.name ?? row.id)}
        </Link>
      </td>
    );
  }
  if (!field || is_empty(value)) return <td />;
  return (
    <td data-label={path_label(dictionary, type, column)}>
      <FieldView field={field} value={value} dense />
    </td>
  );
}
