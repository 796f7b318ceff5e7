// SPDX-License-Identifier: Apache-2.0
// What belongs to a record, one thing at a time. On a phone its own fields are one of the tabs:
// else one would pass all of them on the way to the timeline.
import { useLingui } from "@lingui/react/macro";
import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense } from "react";
import type { Row, TypeMeta } from "../../api/types";
import { SkeletonLines } from "../../kit/states";
import { type Dictionary, useDictionary } from "../dictionary";
import { file_fields_of, main_file_field } from "../files/page_drop";
import { TypeIcon } from "../type_icon";
import classes from "./record_page.module.css";

const FileTab = lazy(() => import("../files/file_tab"));
const TimelineTab = lazy(() => import("./timeline_tab"));
const HistoryTab = lazy(() => import("./history_tab"));
const RelatedTab = lazy(() => import("./related_tab"));
const RelationsTab = lazy(() => import("./relations_tab"));

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

interface Props {
  type: TypeMeta;
  record: Row;
  // The record's own fields, where they are a tab.
  details?: ReactNode;
}

export function RecordTabs({ type, record, details }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const related = related_tabs(dictionary, type);
  const files = file_fields_of(type).filter((field) => !record.masked?.includes(field.name));
  const main_file = files.find((field) => field === main_file_field(type));
  const own = type.timeline ? "timeline" : (related[0]?.name ?? "history");
  const first = main_file ? `file:${main_file.name}` : details ? "details" : own;
  const { tab, open_tab } = useOpenTab(first, !!details);
  return (
    <Tabs value={tab} onChange={open_tab} keepMounted={false} className={classes.tabs}>
      <Tabs.List className={classes.tab_list}>
        {files.map((field) => (
          <Tabs.Tab key={field.name} value={`file:${field.name}`}>
            {dictionary.text(field.label, field.name)}
          </Tabs.Tab>
        ))}
        {details && <Tabs.Tab value="details">{t`Details`}</Tabs.Tab>}
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
          {details && <Tabs.Panel value="details">{details}</Tabs.Panel>}
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
  );
}

// The tab lives in the address; the first one needs not be named there.
function useOpenTab(first: string, has_details: boolean) {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { tab?: string };
  const named = search.tab === "details" && !has_details ? undefined : search.tab;
  const open_tab = (next: string | null) =>
    void navigate({
      to: ".",
      replace: true,
      search: (next && next !== first ? { tab: next } : {}) as never,
    });
  return { tab: named ?? first, open_tab };
}
