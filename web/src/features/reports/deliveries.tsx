// SPDX-License-Identifier: Apache-2.0
// What was sent to whom, and what became of it.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { instant_text } from "../../base/format";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { deliveries_query } from "./queries";
import classes from "./reports.module.css";
import type { Delivery, Report } from "./types";
import { problem_text, STATE_WORDS } from "./words";

export function Deliveries({ report }: { report: Report }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const deliveries = useInfiniteQuery(deliveries_query(report.id));
  if (deliveries.isPending) return <SkeletonLines count={3} />;
  if (!deliveries.data)
    return <ErrorState title={t`This could not be shown`} detail={error_text(deliveries.error)} />;
  const items = deliveries.data.pages.flatMap((page) => page.items);
  if (!items.length) return <p className="dim small">{t`Nothing was sent yet.`}</p>;
  return (
    <div className={classes.history}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t`When`}</th>
            <th scope="col">{t`Receiver`}</th>
            <th scope="col">{t`What became of it`}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <tr key={one.id}>
              <td>{instant_text(one.occasion)}</td>
              <td>{one.user.name}</td>
              <td data-bad={one.state === "failed" || undefined}>
                <Outcome delivery={one} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {deliveries.hasNextPage && (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={deliveries.isFetchingNextPage}
          onClick={() => void deliveries.fetchNextPage()}
        >
          {t`Show more`}
        </Button>
      )}
    </div>
  );
}

function Outcome({ delivery }: { delivery: Delivery }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const again = delivery.next_try_at && instant_text(delivery.next_try_at);
  return (
    <>
      {translate(STATE_WORDS[delivery.state])}
      {delivery.error && <> – {problem_text(delivery.error, translate)}</>}
      {delivery.state === "waiting" && delivery.attempts > 0 && again && (
        <span className="dim"> {t`Tried again at ${again}`}</span>
      )}
    </>
  );
}
