// SPDX-License-Identifier: Apache-2.0
// What one sends regularly, and what others send to one.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconMailFast } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { PageHeader } from "../../kit/page_header";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import { reports_query } from "./queries";
import { ReportCard } from "./report_card";
import classes from "./reports.module.css";

export function ReportsPage() {
  const { t } = useLingui();
  return (
    <div className={classes.page}>
      <PageHeader title={t`Regular delivery`} icon={<IconMailFast size={20} stroke={1.6} />} />
      <div className={classes.body}>
        <Reports />
      </div>
    </div>
  );
}

function Reports() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const { report: named } = useSearch({ strict: false }) as { report?: number };
  const reports = useInfiniteQuery(reports_query);
  if (reports.isPending)
    return (
      <div role="status" aria-label={t`Loading`}>
        <SkeletonLines count={6} />
      </div>
    );
  if (!reports.data)
    return (
      <ErrorState
        title={t`This could not be shown`}
        detail={error_text(reports.error)}
        retry={() => void reports.refetch()}
        retry_label={t`Try again`}
      />
    );
  const items = reports.data.pages.flatMap((page) => page.items);
  if (!items.length)
    return (
      <EmptyState
        icon={<IconMailFast size={22} stroke={1.5} />}
        title={t`Nothing is sent regularly`}
      >
        {t`Choose “Send regularly…” in the menu of a dashboard.`}
      </EmptyState>
    );
  return (
    <>
      <ul className={classes.cards} aria-label={t`Regular delivery`}>
        {items.map((one) => (
          <ReportCard key={one.id} report={one} is_named={one.id === named} />
        ))}
      </ul>
      {reports.hasNextPage && (
        <Button
          variant="subtle"
          loading={reports.isFetchingNextPage}
          onClick={() => void reports.fetchNextPage()}
        >
          {t`Show more`}
        </Button>
      )}
    </>
  );
}
