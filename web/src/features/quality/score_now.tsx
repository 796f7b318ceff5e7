// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { TypeMeta } from "../../api/types";
import { number_text, percent_text } from "../../base/format";
import { SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import { scores_query } from "./queries";
import classes from "./score.module.css";
import { trend_of } from "./score_parts";
import { ScoreRing } from "./score_ring";
import { useSeries } from "./use_series";

export function ScoreNow({ type }: { type: TypeMeta }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const scores = useQuery(scores_query("all", type.name));
  const all = scores.data?.groups[0];
  const trend = trend_of(useSeries(type).data?.points ?? []);
  const name = dictionary.text(type.label_plural, type.plural);
  return (
    <section className={`card ${classes.now}`} aria-label={t`Now`}>
      {scores.isPending ? (
        <SkeletonLines count={4} />
      ) : scores.error ? (
        <p className="dim">{error_text(scores.error)}</p>
      ) : !all || all.score === null ? (
        <p className="dim">{t`Not looked at yet.`}</p>
      ) : (
        <>
          <ScoreRing score={all.score} size={92} />
          <div className={classes.now_words}>
            <h2>{name}</h2>
            <Change value={trend.score} better="more" unit={t`points since a week ago`} />
          </div>
          <dl className={classes.numbers}>
            <Figure name={t`Records`} value={number_text(all.records, 0)} />
            <Figure
              name={t`Without a finding`}
              value={percent_text(all.records ? all.perfect / all.records : 0)}
            />
            <Figure name={t`Findings`} value={number_text(all.findings, 0)}>
              <Change value={trend.findings} better="less" unit={t`since a week ago`} />
            </Figure>
            <Figure name={t`Of them errors`} value={number_text(all.errors, 0)} />
          </dl>
          <Link to="/quality" search={{ type: type.name } as never} className={classes.now_link}>
            {t`Put them right`}
          </Link>
        </>
      )}
    </section>
  );
}

interface FigureProps {
  name: string;
  value: string;
  children?: ReactNode;
}

function Figure({ name, value, children }: FigureProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className="tabular">{value}</span>
        {children}
      </dd>
    </div>
  );
}

interface ChangeProps {
  value: number | null;
  better: "more" | "less";
  unit: string;
}

function Change({ value, better, unit }: ChangeProps) {
  if (value === null) return null;
  const good = value === 0 ? undefined : value > 0 === (better === "more");
  const sign = value > 0 ? "+" : value < 0 ? "−" : "±";
  return (
    <span className={classes.step} data-good={good}>
      <span className="tabular">
        {sign}
        {number_text(Math.abs(value), 1)}
      </span>{" "}
      {unit}
    </span>
  );
}
