// SPDX-License-Identifier: Apache-2.0
// The first page of the day. Without an address of its own it opens the page that was open last,
// or the first that is pinned for the viewer.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconLayoutDashboard } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/client";
import { store, stored } from "../../base/stored";
import { EmptyState, ErrorState, LoadingState } from "../../kit/states";
import { toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import { create_dashboard } from "./actions";
import { DashboardView } from "./dashboard_view";
import { dashboard_query, dashboards_query, useLiveTiles } from "./queries";
import type { DashboardHead } from "./types";

const LAST = "dashboard";

function first_of(list: DashboardHead[]): DashboardHead | undefined {
  const last = Number(stored(LAST));
  return list.find((one) => one.id === last) ?? list[0];
}

export function DashboardsPage() {
  const { t } = useLingui();
  const { id } = useParams({ strict: false }) as { id?: string };
  const error_text = useErrorText();
  const list = useQuery(dashboards_query);
  useLiveTiles();
  if (list.isPending) return <LoadingState label={t`Loading`} />;
  if (list.isError) {
    return (
      <ErrorState
        title={t`The dashboards could not be shown`}
        detail={error_text(list.error)}
        retry={() => void list.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  const chosen = id ? Number(id) : first_of(list.data.items)?.id;
  if (chosen === undefined) return <NoDashboard />;
  return <OneDashboard key={chosen} id={chosen} list={list.data.items} />;
}

function OneDashboard({ id, list }: { id: number; list: DashboardHead[] }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const page = useQuery(dashboard_query(id));
  if (page.isPending) return <LoadingState label={t`Loading`} />;
  if (page.isError) {
    const gone = page.error instanceof ApiError && page.error.status === 404;
    if (gone) store(LAST, "");
    return (
      <ErrorState
        title={gone ? t`There is no such dashboard` : t`The dashboard could not be shown`}
        detail={gone ? t`It was removed, or it is not shared with you.` : error_text(page.error)}
        retry={() => void page.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  store(LAST, String(id));
  return <DashboardView page={page.data} list={list} />;
}

function NoDashboard() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const error_text = useErrorText();
  const [busy, set_busy] = useState(false);
  const create = async () => {
    set_busy(true);
    try {
      const made = await create_dashboard({ name: t`My dashboard`, tiles: [] });
      void navigate({ to: "/dashboards/$id", params: { id: String(made.id) } });
    } catch (error) {
      toast_error(error_text(error));
    } finally {
      set_busy(false);
    }
  };
  return (
    <EmptyState
      icon={<IconLayoutDashboard size={22} stroke={1.5} />}
      title={t`No dashboards yet`}
      action={
        <Button loading={busy} onClick={() => void create()}>
          {t`Make the first`}
        </Button>
      }
    >
      {t`A dashboard shows your numbers as they are right now.`}
    </EmptyState>
  );
}
