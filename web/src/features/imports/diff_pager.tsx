// SPDX-License-Identifier: Apache-2.0
// Every row of the file with what it would do, page by page, all or those of one kind.
import { useLingui } from "@lingui/react/macro";
import { NativeSelect } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import type { ImportState, Page, TypeMeta } from "../../api/types";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import { useActionWords } from "./import_counts";
import { type DescribedRow, DescribedRows } from "./import_outcome";
import classes from "./imports.module.css";
import { RowPager } from "./row_pager";

const ROWS = 25;

export function DiffPager({ type, state }: { type: TypeMeta; state: ImportState }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const words = useActionWords();
  const [action, set_action] = useState("");
  // The way here: the cursor of each page, the first of them empty.
  const [way, set_way] = useState<string[]>([""]);
  const cursor = way.at(-1) ?? "";
  const page = useQuery({
    queryKey: ["import_diff", state.id, state.job, action, cursor],
    queryFn: () =>
      api.get<Page<DescribedRow>>(`/imports/${state.id}/diff`, { action, cursor, limit: ROWS }),
    placeholderData: keepPreviousData,
  });
  const next = page.data?.next;
  return (
    <section className="stack" aria-label={t`Row by row`}>
      <div className={classes.pager}>
        <NativeSelect
          size="xs"
          aria-label={t`Show`}
          data={[
            { value: "", label: t`All rows` },
            ...Object.entries(words).map(([value, label]) => ({ value, label })),
          ]}
          value={action}
          onChange={(event) => {
            set_action(event.currentTarget.value);
            set_way([""]);
          }}
        />
        <RowPager way={way} next={next} set_way={set_way} busy={page.isFetching} />
      </div>
      {page.isPending && <SkeletonLines count={6} />}
      {page.isError && (
        <ErrorState
          title={t`The rows could not be shown`}
          detail={error_text(page.error)}
          retry={() => void page.refetch()}
          retry_label={t`Try again`}
        />
      )}
      {page.data && page.data.items.length > 0 && (
        <DescribedRows type={type} rows={page.data.items} />
      )}
      {page.data?.items.length === 0 && (
        <p className="dim" role="status">
          {next ? t`None among these rows; go on to the next.` : t`No such row.`}
        </p>
      )}
    </section>
  );
}
