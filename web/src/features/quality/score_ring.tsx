// SPDX-License-Identifier: Apache-2.0
// A score of 0 to 100 as a ring that is closed when nothing is missing.
import { number_text } from "../../base/format";
import classes from "./quality.module.css";

const GOOD_FROM = 80;
const FAIR_FROM = 50;
const THICK = 3;
const TEXT_MIN = 11;

export function level_of(score: number): "good" | "fair" | "poor" {
  if (score >= GOOD_FROM) return "good";
  return score >= FAIR_FROM ? "fair" : "poor";
}

// The number beside or within it says the same: the ring itself is for the eye alone.
export function ScoreRing({ score, size = 30 }: { score: number; size?: number }) {
  const radius = (size - THICK) / 2;
  const round = 2 * Math.PI * radius;
  const shown = Math.max(0, Math.min(100, score));
  return (
    <span className={classes.ring} data-level={level_of(score)}>
      <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden>
        <circle className={classes.ring_ground} cx={size / 2} cy={size / 2} r={radius} />
        <circle
          className={classes.ring_arc}
          cx={size / 2}
          cy={size / 2}
          r={radius}
          strokeDasharray={`${(round * shown) / 100} ${round}`}
          transform={`rotate(-90 ${size / 2} ${size / 2})`}
        />
      </svg>
      <span className={classes.ring_number} style={{ fontSize: Math.max(TEXT_MIN, size * 0.29) }}>
        {number_text(Math.round(score), 0)}
      </span>
    </span>
  );
}

export function ScoreBar({ score }: { score: number }) {
  return (
    <span className={classes.bar} data-level={level_of(score)} aria-hidden>
      <i style={{ width: `${Math.max(0, Math.min(100, score))}%` }} />
    </span>
  );
}
