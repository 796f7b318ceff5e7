// SPDX-License-Identifier: Apache-2.0
// What would raise the score most, rule by rule.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { SkeletonLines } from "../../kit/states";
import marks from "./quality.module.css";
import { counts_query, NO_FILTER, rules_query, scores_query } from "./queries";
import classes from "./score.module.css";
import { gains_of } from "./score_parts";

const SHOWN_MAX = 6;

export function GainsCard({ type }: { type: TypeMeta }) {
  const { t } = useLingui();
  const rules = useQuery(rules_query).data?.rules ?? [];
  const counts = useQuery(counts_query("rule", { ...NO_FILTER, type: type.name }));
  const records = useQuery(scores_query("all", type.name)).data?.groups[0]?.records ?? 0;
  const gains = gains_of(counts.data?.groups ?? [], rules, records).slice(0, SHOWN_MAX);
  const most = gains[0]?.points ?? 1;
  return (
    <section className={`card ${classes.gains_card}`} aria-label={t`The largest gains`}>
      <header className={classes.card_head}>
        <h3>{t`The largest gains`}</h3>
      </header>
      {counts.isPending && <SkeletonLines count={6} />}
      {counts.error && !counts.data && <p className="dim">{t`This could not be shown`}</p>}
      {counts.data && !gains.length && <p className="dim">{t`Nothing left to do`}</p>}
      <ul className={classes.gain_list}>
        {gains.map((gain) => {
          const points = number_text(gain.points, 1);
          const count = number_text(gain.count, 0);
          return (
            <li key={gain.rule}>
              <Link
                to="/quality"
                search={{ type: type.name, rule: gain.rule } as never}
                className={classes.gain_row}
              >
                <span className="grow clip">{gain.text}</span>
                <span className="dim tabular">{count}</span>
                <span className={marks.points} title={t`Points of the mean score`}>
                  +{points}
                </span>
                <span className={classes.gain_bar} aria-hidden>
                  <i style={{ width: `${(100 * gain.points) / most}%` }} />
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
