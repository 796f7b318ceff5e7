// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { ApiError } from "../../api/client";
import { record_query } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { type Dictionary, useDictionary } from "../dictionary";
import { file_fields_of, main_file_field, PageDrop } from "../files/page_drop";
import { TypeIcon } from "../type_icon";
import { useErrorText } from "../use_translate";
import { RecordHeader } from "./record_header";
import classes from "./record_page.module.css";
import { RecordSections } from "./record_sections";

const FileTab = lazy(() => import("../files/file_tab"));
const TimelineTab = lazy(() => import("./timeline_tab"));
const HistoryTab = lazy(() => import("./history_tab"));
const RelatedTab = lazy(() => import("./related_tab"));
const RelationsTab = lazy(() => import("./relations_tab"));

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
  if (record.data) return <RecordView type={type} record={record.data} />;
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

interface RelatedTabMeta {
  name: string;
  label: string;
  type: TypeMeta;
  columns: string[];
  field: string;
}

function related_tabs(dictionary: Dictionary, type: TypeMeta): RelatedTabMeta[] {
  return (type.layout?.related ?? []).flatMap((entry) => {
    const link = type.backlinks?.find((backlink) => backlink.name === entry.name);
    const target = dictionary.type(link?.type ?? "") ?? dictionary.type_of_plural(entry.name);
    if (!target || !dictionary.can(target.name, "read")) return [];
    const label = dictionary.text(entry.label, dictionary.text(target.label_plural, entry.name));
    const columns = entry.columns ?? target.list_columns ?? ["name"];
    return [{ name: entry.name, label, type: target, columns, field: link?.field ?? type.name }];
  });
}

function RecordView({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { tab?: string };
  const related = related_tabs(dictionary, type);
  const files = file_fields_of(type).filter((field) => !record.masked?.includes(field.name));
  const main_file = files.find((field) => field === main_file_field(type));
  const first = main_file
    ? `file:${main_file.name}`
    : type.timeline
      ? "timeline"
      : (related[0]?.name ?? "history");
  const tab = search.tab ?? first;
  const open_tab = (next: string | null) =>
    void navigate({
      to: ".",
      replace: true,
      search: (next && next !== first ? { tab: next } : {}) as never,
    });
  return (
    <PageDrop type={type} record={record}>
      <div className="page">
        <RecordHeader type={type} record={record} />
        <div className={classes.columns}>
          <div className={classes.side}>
            <RecordSections type={type} record={record} />
          </div>
          <div className={classes.main}>
            <Tabs value={tab} onChange={open_tab} keepMounted={false} className={classes.tabs}>
              <Tabs.List className={classes.tab_list}>
                {files.map((field) => (
                  <Tabs.Tab key={field.name} value={`file:${field.name}`}>
                    {dictionary.text(field.label, field.name)}
                  </Tabs.Tab>
                ))}
                {type.timeline && <Tabs.Tab value="timeline">{t`Timeline`}</Tabs.Tab>}
                {related.map((entry) => (
                  <Tabs.Tab
                    key={entry.name}
                    value={entry.name}
                    leftSection={<TypeIcon type={entry.type} size={15} />}
                  >
                    {entry.label}
                  </Tabs.Tab>
                ))}
                <Tabs.Tab value="relations">{t`Relations`}</Tabs.Tab>
                <Tabs.Tab value="history">{t`History`}</Tabs.Tab>
              </Tabs.List>
              <div className={classes.panel}>
                <Suspense fallback={<SkeletonLines />}>
                  {files.map((field) => (
                    <Tabs.Panel key={field.name} value={`file:${field.name}`}>
                      <FileTab type={type} record={record} field={field} />
                    </Tabs.Panel>
                  ))}
                  <Tabs.Panel value="timeline">
                    <TimelineTab type={type} record={record} />
                  </Tabs.Panel>
                  {related.map((entry) => (
                    <Tabs.Panel key={entry.name} value={entry.name}>
                      <RelatedTab type={type} record={record} related={entry} />
                    </Tabs.Panel>
                  ))}
                  <Tabs.Panel value="relations">
                    <RelationsTab type={type} record={record} />
                  </Tabs.Panel>
                  <Tabs.Panel value="history">
                    <HistoryTab type={type} record={record} />
                  </Tabs.Panel>
                </Suspense>
              </div>
            </Tabs>
          </div>
        </div>
      </div>
    </PageDrop>
  );
}
