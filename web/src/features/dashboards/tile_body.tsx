// SPDX-License-Identifier: Apache-2.0
// What is inside a tile, whatever it shows and in whatever state it is.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconChartBar, IconList, IconShieldLock } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useMemo } from "react";
import { ApiError } from "../../api/client";
import { SkeletonLines } from "../../kit/states";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { AnswerTable } from "./answer_table";
import classes from "./dashboards.module.css";
import { ListTile } from "./list_tile";
import { NumberTile } from "./number_tile";
import { type Shape, shape_of } from "./series";
import type { Answer, Cell, ChartAnswer, ListAnswer } from "./types";
import { cell_text, measure_text, type Translate } from "./words";

const Chart = lazy(() => import("./chart"));
const WebTile = lazy(() => import("./web_tile"));
const ExternalTable = lazy(() => import("./external_table"));
const ExternalProblem = lazy(() => import("./external_problem"));
const SPOKEN_MAX = 6;

interface Props {
  answer: Answer | undefined;
  error: unknown;
  retry: () => void;
  as_table: boolean;
  on_ready?: ((svg: () => string) => void) | undefined;
}

export function TileBody({ answer, error, retry, as_table, on_ready }: Props) {
  if (error && !answer) return <TileError error={error} retry={retry} />;
  if (!answer) {
    return (
      <div className={classes.waiting}>
        <SkeletonLines count={4} />
      </div>
    );
  }
  if (answer.kind === "web")
    return (
      <Suspense>
        <WebTile answer={answer} retry={retry} />
      </Suspense>
    );
  if (answer.kind === "table")
    return (
      <Suspense>
        <ExternalTable answer={answer} />
      </Suspense>
    );
  if (answer.kind === "list")
    return answer.items.length ? <ListTile answer={answer} /> : <NothingHere answer={answer} />;
  return (
    <>
      <ChartTile answer={answer} as_table={as_table} on_ready={on_ready} />
      {answer.external?.is_stale && (
        <Suspense>
          <ExternalProblem external={answer.external} />
        </Suspense>
      )}
    </>
  );
}

export function useShape(answer: Answer | undefined): Shape | null {
  const { t } = useLingui();
  const translate = useTranslate();
  return useMemo(() => {
    if (answer?.kind !== "chart") return null;
    const before =
      answer.comparison?.selection?.name ??
      (answer.comparison?.kind === "previous_year" ? t`Last year` : t`The period before`);
    return shape_of(answer, translate, t`Others`, before);
  }, [answer, translate, t]);
}

interface ChartProps {
  answer: ChartAnswer;
  as_table: boolean;
  on_ready?: ((svg: () => string) => void) | undefined;
}

function ChartTile({ answer, as_table, on_ready }: ChartProps) {
  const { t } = useLingui();
  const translate = useTranslate();
  const navigate = useNavigate();
  const shape = useShape(answer)!;
  const plain = answer.presentation === "number" || answer.presentation === "gauge";
  // Behind numbers of another system there are no records of ours.
  const nothing = answer.external
    ? !plain && !answer.groups.length
    : !answer.total.cells.some((cell) => cell.count > 0);
  if (answer.presentation === "number" && !as_table) return <NumberTile answer={answer} />;
  if (nothing && !answer.groups.some((group) => group.before?.some((cell) => cell.count > 0)))
    return <NothingHere answer={answer} />;
  if (as_table) return <AnswerTable answer={answer} shape={shape} caption={answer.title} />;
  const drill = (cell: Cell) => {
    if (cell.filter === null || !cell.count) return;
    void navigate({
      to: "/$plural",
      params: { plural: answer.plural },
      search: { filter: cell.filter },
    });
  };
  return (
    <>
      <Suspense
        fallback={
          <div className={classes.waiting}>
            <SkeletonLines count={4} />
          </div>
        }
      >
        <Chart
          answer={answer}
          shape={shape}
          label={`${answer.title}. ${t`Chart`}. ${spoken(answer, shape, translate)}`}
          on_drill={drill}
          on_ready={on_ready}
        />
      </Suspense>
      {!plain && <AnswerTable answer={answer} shape={shape} caption={answer.title} hidden />}
    </>
  );
}

// The largest few in words; the whole is in the hidden table.
function spoken(answer: ChartAnswer, shape: Shape, translate: Translate): string {
  const measure = answer.measures[0];
  if (!measure) return "";
  if (!answer.groups.length)
    return `${measure_text(measure, translate)}: ${cell_text(answer.total.cells[0], measure)}`;
  const cells = shape.series[0]?.cells ?? [];
  return cells
    .map((cell, index) => ({ name: shape.categories[index], cell }))
    .filter((one) => one.cell)
    .slice(0, SPOKEN_MAX)
    .map((one) => `${one.name}: ${cell_text(one.cell!, measure)}`)
    .join(", ");
}

// Whose records are counted is the usual reason for none.
function NothingHere({ answer }: { answer: ChartAnswer | ListAnswer }) {
  const { t } = useLingui();
  const { filter } = answer;
  const Icon = answer.kind === "list" ? IconList : IconChartBar;
  return (
    <div className={classes.state} data-nothing>
      <Icon size={22} stroke={1.4} className={classes.state_icon} aria-hidden />
      <p>{t`Nothing to show here`}</p>
      {/\beq me\b/.test(filter) && <p className="dim">{t`The tile shows only what is yours.`}</p>}
      {/\bmy_(primary_)?group\b/.test(filter) && (
        <p className="dim">{t`The tile shows only what belongs to your primary group.`}</p>
      )}
    </div>
  );
}

function TileError({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const closed = error instanceof ApiError && error.status === 403;
  const slow = error instanceof ApiError && error.code === "dashboards/too_slow";
  const code = error instanceof ApiError ? error.code : "";
  if (/^(connect|dashboards\/external)/.test(code))
    return (
      <Suspense>
        <ExternalProblem problem={code} retry={retry} />
      </Suspense>
    );
  return (
    <div className={classes.state} role="alert">
      {closed && <IconShieldLock size={22} stroke={1.4} aria-hidden />}
      <p>
        {closed
          ? t`You may not see these records`
          : slow
            ? t`This took too long. Narrow the tile or the filters.`
            : error_text(error)}
      </p>
      {!closed && (
        <Button variant="default" size="xs" onClick={retry}>
          {t`Try again`}
        </Button>
      )}
    </div>
  );
}
