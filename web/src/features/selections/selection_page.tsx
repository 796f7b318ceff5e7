// SPDX-License-Identifier: Apache-2.0
// One selection: who is in, who stands behind them, why, what changed, and where it is used.
import { useLingui } from "@lingui/react/macro";
import { Tabs } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useRef } from "react";
import { ApiError } from "../../api/client";
import type { TypeMeta } from "../../api/types";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { member_charts } from "../../records/member_charts";
import { TypeIcon } from "../../records/type_icon";
import { useErrorText } from "../../records/use_translate";
import { types_behind } from "./behind";
import { MembersTab } from "./members_tab";
import { SelectionHeader } from "./selection_header";
import { type Selection, selection_query } from "./selection_queries";
import classes from "./selections.module.css";

const BehindTab = lazy(() => import("./behind_tab"));
const CriteriaTab = lazy(() => import("./criteria_tab"));
const ChangesTab = lazy(() => import("./changes_tab"));
const UsedInTab = lazy(() => import("./used_in_tab"));

export function SelectionPage() {
  const { t } = useLingui();
  const { id } = useParams({ strict: false }) as { id: string };
  if (!/^\d+$/.test(id)) return <EmptyState title={t`There is no such page`} />;
  return <LoadedSelection key={id} id={Number(id)} />;
}

function LoadedSelection({ id }: { id: number }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const dictionary = useDictionary();
  const selection = useQuery(selection_query(id));
  if (selection.isError) {
    const gone = selection.error instanceof ApiError && selection.error.status === 404;
    return (
      <ErrorState
        title={gone ? t`Nothing to see here` : t`The selection could not be shown`}
        detail={error_text(selection.error)}
        retry={gone ? undefined : () => void selection.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  const type = dictionary.type(selection.data?.record_type ?? "");
  if (!selection.data || !type) {
    return (
      <div className={classes.pad}>
        <SkeletonLines count={10} />
      </div>
    );
  }
  return <SelectionView selection={selection.data} type={type} />;
}

function SelectionView({ selection, type }: { selection: Selection; type: TypeMeta }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { tab?: string };
  const tab = search.tab ?? "members";
  // What was the last visit when the page opened stays it while one looks.
  const since = useRef(selection.last_visit_at ?? selection.created_at);
  const open_tab = (next: string | null) =>
    void navigate({
      to: ".",
      replace: true,
      search: (next && next !== "members" ? { tab: next } : {}) as never,
    });
  const Charts = member_charts();
  const behind = types_behind(dictionary, type, selection.id);
  return (
    <div className="page" data-type={type.name}>
      <SelectionHeader selection={selection} type={type} />
      <Tabs value={tab} onChange={open_tab} keepMounted={false} className={classes.tabs}>
        <Tabs.List className={classes.tab_list}>
          <Tabs.Tab value="members" leftSection={<TypeIcon type={type} size={15} />}>
            {t`Members`}
          </Tabs.Tab>
          {behind.map((entry) => (
            <Tabs.Tab
              key={entry.type.name}
              value={entry.type.name}
              leftSection={<TypeIcon type={entry.type} size={15} />}
            >
              {dictionary.text(entry.type.label_plural, entry.type.plural)}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="criteria">
            {selection.kind === "combined" ? t`Combination` : t`Criteria`}
          </Tabs.Tab>
          {Charts && <Tabs.Tab value="charts">{t`Charts`}</Tabs.Tab>}
          <Tabs.Tab value="changes">{t`Changes`}</Tabs.Tab>
          <Tabs.Tab value="used_in">{t`Used in`}</Tabs.Tab>
        </Tabs.List>
        <Suspense
          fallback={
            <div className={classes.pad}>
              <SkeletonLines />
            </div>
          }
        >
          <Tabs.Panel value="members" className={classes.grid_panel}>
            <MembersTab selection={selection} type={type} />
          </Tabs.Panel>
          {behind.map((entry) => (
            <Tabs.Panel
              key={entry.type.name}
              value={entry.type.name}
              className={classes.grid_panel}
            >
              <BehindTab type={entry.type} filter={entry.filter} />
            </Tabs.Panel>
          ))}
          <Tabs.Panel value="criteria" className={classes.panel}>
            <CriteriaTab key={selection.version} selection={selection} type={type} />
          </Tabs.Panel>
          {Charts && (
            <Tabs.Panel value="charts" className={classes.panel}>
              <Charts type={type} selection={selection.id} />
            </Tabs.Panel>
          )}
          <Tabs.Panel value="changes" className={classes.panel}>
            <ChangesTab selection={selection} type={type} since={since.current} />
          </Tabs.Panel>
          <Tabs.Panel value="used_in" className={classes.panel}>
            <UsedInTab selection={selection} />
          </Tabs.Panel>
        </Suspense>
      </Tabs>
    </div>
  );
}

export function SelectionLink({ id, name }: { id: number; name: string }) {
  return (
    <Link to="/selections/$id" params={{ id: String(id) }}>
      {name}
    </Link>
  );
}
