// SPDX-License-Identifier: Apache-2.0
// The score and what is left to do, week by week.
import { useLingui } from "@lingui/react/macro";
import { SegmentedControl } from "@mantine/core";
import { Suspense, useMemo, useState } from "react";
import type { TypeMeta } from "../../api/types";
import { day_text, number_text } from "../../base/format";
import { SkeletonLines } from "../../kit/states";
import { trend_chart } from "../../records/trend_chart";
import classes from "./score.module.css";
import { trend_of } from "./score_parts";
import { useSeries } from "./use_series";

const WEEKS_MIN = 2;

export function TrendCard({ type }: { type: TypeMeta }) {
  const { t } = useLingui();
  const [shown, set_shown] = useState<"score" | "findings">("score");
  const series = useSeries(type);
  const points = series.data?.points;
  const words = { score: t`Score`, findings: t`Findings` };
  const name = words[shown];
  const drawn = useMemo(() => {
    const { weeks } = trend_of(points ?? []);
    return {
      categories: weeks.map(({ day }) => day_text(day)),
      series: [{ name, values: weeks.map((week) => week[shown]) }],
    };
  }, [points, name, shown]);
  const values = drawn.series[0]?.values ?? [];
  const first = number_text(values[0] ?? 0, 1);
  const last = number_text(values.at(-1) ?? 0, 1);
  const Chart = trend_chart();
  return (
    <section className={`card ${classes.trend}`} aria-label={t`Over time`}>
      <header className={classes.card_head}>
        <h3>{series.of_all ? t`Over time` : t`My records over time`}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t`What is shown`}
          value={shown}
          data={[
            { value: "score", label: words.score },
            { value: "findings", label: words.findings },
          ]}
          onChange={(next) => set_shown(next as "score" | "findings")}
        />
      </header>
      {series.isPending && <SkeletonLines count={5} />}
      {series.error && !points && <p className="dim">{t`This could not be shown`}</p>}
      {points && drawn.categories.length < WEEKS_MIN && (
        <p className="dim">{t`A line needs two weeks; the first days are being kept.`}</p>
      )}
      {Chart && drawn.categories.length >= WEEKS_MIN && (
        <div className={classes.trend_chart}>
          <Suspense fallback={<SkeletonLines count={5} />}>
            <Chart label={t`${name} by week: from ${first} to ${last}`} {...drawn} />
          </Suspense>
        </div>
      )}
    </section>
  );
}
