// SPDX-License-Identifier: Apache-2.0
// Scores side by side: of owners, groups or record types, the lowest first.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import marks from "./quality.module.css";
import { type ScoreBy, scores_query } from "./queries";
import classes from "./score.module.css";
import { level_of, ScoreBar } from "./score_ring";
import type { ScoreGroup } from "./types";

const SHOWN_MAX = 8;

interface Props {
  type: TypeMeta;
  by: Exclude<ScoreBy, "all">;
  title: string;
}

export function ScoreTable({ type, by, title }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [all, set_all] = useState(false);
  // Types stand beside each other, whichever of them is looked at.
  const scores = useQuery(scores_query(by, by === "type" ? "" : type.name));
  const groups = scores.data?.groups ?? [];
  const shown = all ? groups : groups.slice(0, SHOWN_MAX);
  const number = number_text(groups.length, 0);
  const name_of = ({ key, label }: ScoreGroup) => {
    const of_type = by === "type" ? dictionary.type(String(key)) : undefined;
    if (of_type) return dictionary.text(of_type.label_plural, of_type.plural);
    if (key === null) return by === "group" ? t`No group` : t`Nobody`;
    return label ?? `#${key}`;
  };
  // Where they are put right; what has no group has no such place.
  const search_of = ({ key }: ScoreGroup): Record<string, string> | null => {
    if (by === "type") return { type: String(key) };
    if (by === "owner") return { type: type.name, owner: key === null ? "none" : String(key) };
    return key === null ? null : { type: type.name, group: String(key) };
  };
  return (
    <section className={`card ${classes.table_card}`} aria-label={title}>
      <header className={classes.card_head}>
        <h3>{title}</h3>
      </header>
      {scores.isPending && <SkeletonLines count={6} />}
      {scores.error && !scores.data && <p className="dim">{t`This could not be shown`}</p>}
      {scores.data && !groups.length && <p className="dim">{t`Not looked at yet.`}</p>}
      {shown.length > 0 && (
        <table className={classes.scores}>
          <thead>
            <tr>
              <th scope="col">{t`Name`}</th>
              <th scope="col">{t`Score`}</th>
              <th scope="col" className={classes.numeric}>{t`Records`}</th>
              <th scope="col" className={classes.numeric}>{t`Findings`}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => {
              const search = search_of(group);
              return (
                <tr key={String(group.key)}>
                  <th scope="row" className="clip">
                    {search ? (
                      <Link to="/quality" search={search as never}>
                        {name_of(group)}
                      </Link>
                    ) : (
                      name_of(group)
                    )}
                  </th>
                  <td>
                    {group.score === null ? (
                      <span className="faint">–</span>
                    ) : (
                      <span className={classes.score_cell} data-level={level_of(group.score)}>
                        <span className="tabular">{number_text(group.score, 1)}</span>
                        <ScoreBar score={group.score} />
                      </span>
                    )}
                  </td>
                  <td className={classes.numeric}>{number_text(group.records, 0)}</td>
                  <td className={classes.numeric}>{number_text(group.findings, 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {groups.length > SHOWN_MAX && (
        <button
          type="button"
          className={marks.facet_more}
          aria-expanded={all}
          onClick={() => set_all(!all)}
        >
          {all ? t`Show fewer` : t`Show all ${number}`}
        </button>
      )}
    </section>
  );
}
