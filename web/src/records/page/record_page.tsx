// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { Suspense, useEffect } from "react";
import { ApiError } from "../../api/client";
import { query_client, record_query } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { toast } from "../../kit/toast";
import { useDictionary } from "../dictionary";
import { PageDrop } from "../files/page_drop";
import { record_hint } from "../record_hints";
import { record_parts } from "../record_parts";
import { useErrorText } from "../use_translate";
import { RecordHeader } from "./record_header";
import { RecordNotices } from "./record_notices";
import classes from "./record_page.module.css";
import { RecordSections } from "./record_sections";
import { RecordTabs } from "./record_tabs";

export function RecordPage() {
  const { t } = useLingui();
  const { plural, id } = useParams({ strict: false }) as { plural: string; id: string };
  const { type_of_plural } = useDictionary();
  const type = type_of_plural(plural);
  if (!type || !/^\d+$/.test(id)) return <EmptyState title={t`There is no such page`} />;
  return <LoadedRecord key={`${plural}/${id}`} type={type} id={Number(id)} />;
}

function LoadedRecord({ type, id }: { type: TypeMeta; id: number }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const record = useQuery(record_query(type.plural, id));
  const kept = record.data && record.data.id !== id ? record.data : null;
  useMovedTo(type, kept);
  if (record.data && !kept) return <RecordView type={type} record={record.data} />;
  if (record.isError) {
    const gone = record.error instanceof ApiError && record.error.status === 404;
    return (
      <ErrorState
        title={gone ? t`Nothing to see here` : t`The record could not be shown`}
        detail={error_text(record.error)}
        retry={gone ? undefined : () => void record.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  return (
    <div className={classes.loading}>
      <SkeletonLines count={10} />
    </div>
  );
}

// The number of a record that was merged leads to the one that was kept.
function useMovedTo(type: TypeMeta, kept: Row | null) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const id = kept?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each record that was kept
  useEffect(() => {
    if (!kept || id === undefined) return;
    query_client.setQueryData(record_query(type.plural, id).queryKey, kept);
    toast(t`It was merged into ${String(kept.name ?? id)}.`);
    void navigate({
      to: "/$plural/$id",
      params: { plural: type.plural, id: String(id) },
      search: true as never,
      replace: true,
    });
  }, [id]);
}

// Where fields and tabs do not fit beside each other (record_page.module.css).
const NARROW = "(max-width: 900px)";

function RecordView({ type, record }: { type: TypeMeta; record: Row }) {
  const narrow = useMediaQuery(NARROW, window.matchMedia(NARROW).matches) ?? false;
  const Hint = record_hint();
  const { band: Band, side: Side } = record_parts(type.name);
  const fields = <RecordSections type={type} record={record} />;
  return (
    <PageDrop type={type} record={record}>
      <div className="page">
        <RecordHeader type={type} record={record} />
        {Hint && !record.archived_at && (
          <Suspense>
            <Hint type={type} record={record} />
          </Suspense>
        )}
        {Band && !record.archived_at && (
          <Suspense>
            <Band type={type} record={record} />
          </Suspense>
        )}
        <div className={classes.columns}>
          <div className={classes.side}>
            <RecordNotices type={type} record={record} />
            {Side && !record.archived_at && (
              <Suspense>
                <Side type={type} record={record} />
              </Suspense>
            )}
            {!narrow && fields}
          </div>
          <div className={classes.main}>
            <RecordTabs type={type} record={record} details={narrow && fields} />
          </div>
        </div>
      </div>
    </PageDrop>
  );
}
