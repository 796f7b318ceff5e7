// SPDX-License-Identifier: Apache-2.0
// Big numbers, each with how it compares and the records behind it; a small line when in time.
import { useLingui } from "@lingui/react/macro";
import { IconArrowDownRight, IconArrowUpRight, IconMinus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { late } from "../../app/first_screen";
import { compact_money_text, date_text, percent_text } from "../../base/format";
import { useTranslate } from "../../records/use_translate";
import classes from "./dashboards.module.css";
import type { AnswerMeasure, Cell, ChartAnswer } from "./types";
import { cell_text, figure_text, short_text } from "./words";

const CurrencyNote = lazy(late(() => import("./currency_note")));

const LONG = 12;

export function NumberTile({ answer }: { answer: ChartAnswer }) {
  const translate = useTranslate();
  return (
    <div
      className={classes.numbers}
      data-money={answer.measures.some((measure) => measure.currency) || undefined}
    >
      {answer.measures.map((measure, index) => (
        <OneNumber
          key={index}
          answer={answer}
          measure={measure}
          label={figure_text(answer, measure, translate)}
          cell={answer.total.cells[index]}
          before={answer.total.before?.[index]}
        />
      ))}
      {answer.groups.length > 2 && <Sparkline answer={answer} />}
      {(answer.currency?.rate_day || answer.currency?.left_out) && (
        <Suspense>
          <CurrencyNote currency={answer.currency} />
        </Suspense>
      )}
    </div>
  );
}

function short_of(number: number, measure: AnswerMeasure): string {
  if (!measure.currency) return short_text(number, measure);
  return compact_money_text(number, measure.currency);
}

interface Props {
  answer: ChartAnswer;
  measure: AnswerMeasure;
  label: string;
  cell: Cell | undefined;
  before: Cell | undefined;
}

function OneNumber({ answer, measure, label, cell, before }: Props) {
  const full = cell_text(cell, measure);
  const compact = full.length > LONG && typeof cell?.number === "number";
  const shown = compact ? short_of(cell!.number!, measure) : full;
  return (
    <div className={classes.number}>
      <span className={`${classes.number_label} clip`}>{label}</span>
      {cell?.filter != null ? (
        <Link
          to="/$plural"
          params={{ plural: answer.plural }}
          search={{ filter: cell.filter || undefined } as never}
          className={classes.big}
          title={full}
        >
          {shown}
        </Link>
      ) : (
        <span className={classes.big}>{shown}</span>
      )}
      {answer.comparison && before && (
        <Change answer={answer} cell={cell} before={before} measure={measure} />
      )}
      {answer.target !== undefined && <Target target={answer.target} cell={cell} />}
    </div>
  );
}

function Change({
  answer,
  cell,
  before,
  measure,
}: {
  answer: ChartAnswer;
  cell: Cell | undefined;
  before: Cell;
  measure: AnswerMeasure;
}) {
  const { t } = useLingui();
  const now = cell?.number ?? 0;
  const then = before.number ?? 0;
  const share = then ? (now - then) / Math.abs(then) : null;
  const way = now === then ? "same" : now > then ? "up" : "down";
  const Icon = way === "up" ? IconArrowUpRight : way === "down" ? IconArrowDownRight : IconMinus;
  const comparison = answer.comparison!;
  const from = comparison.from ? date_text(comparison.from) : "";
  const to = comparison.to ? date_text(comparison.to) : "";
  const was = cell_text(before, measure);
  const name = comparison.selection?.name ?? "";
  const words =
    comparison.kind === "selection"
      ? t`vs. ${name}`
      : comparison.kind === "previous_year"
        ? t`vs. last year`
        : t`vs. the period before`;
  const much = share === null ? was : percent_text(Math.abs(share));
  return (
    <span
      className={classes.change}
      data-way={way}
      title={from ? t`${from} to ${to}: ${was}` : `${name}: ${was}`}
    >
      <Icon size={14} stroke={2} aria-hidden />
      {comparison.kind === "selection" && before.filter != null ? (
        <Link
          to="/$plural"
          params={{ plural: answer.plural }}
          search={{ filter: before.filter || undefined } as never}
          aria-label={`${name}: ${was}`}
        >
          {much}
        </Link>
      ) : (
        <span>{much}</span>
      )}
      <span className={classes.change_words}>
        <span className="visually_hidden">
          {way === "up" ? t`more` : way === "down" ? t`less` : t`the same`}
        </span>{" "}
        {words}
      </span>
    </span>
  );
}

function Target({ target, cell }: { target: number; cell: Cell | undefined }) {
  const { t } = useLingui();
  const share = target ? (cell?.number ?? 0) / target : 0;
  const text = percent_text(share);
  return (
    <span className={classes.target}>
      <progress max={1} value={Math.min(1, share)} aria-label={t`Of the target`} />
      {t`${text} of the target`}
    </span>
  );
}

function Sparkline({ answer }: { answer: ChartAnswer }) {
  const values = answer.groups.map((group) => group.cells[0]?.number ?? 0);
  const [low, high] = [Math.min(...values, 0), Math.max(...values, 1)];
  const points = values
    .map((value, index) => {
      const x = (index / (values.length - 1)) * 100;
      const y = 28 - ((value - low) / (high - low || 1)) * 26;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
  return (
    <svg className={classes.spark} viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden>
      <polyline points={points} fill="none" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
