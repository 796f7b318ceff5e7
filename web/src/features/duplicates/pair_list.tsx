// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import classes from "./duplicates.module.css";
import type { Pair } from "./types";
import { ReasonList, Score } from "./words";

interface Props {
  pairs: Pair[];
  shown: Pair;
  open: (pair: Pair) => void;
  more: (() => void) | undefined;
  loading: boolean;
}

const REASONS_MAX = 2;

export function PairList({ pairs, shown, open, more, loading }: Props) {
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair is brought into sight
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [shown.pair]);
  return (
    <ul ref={list} className={classes.pairs} aria-label={t`Pairs`}>
      {pairs.map((pair) => (
        <li key={pair.pair}>
          <button
            type="button"
            className={classes.pair}
            aria-current={pair.pair === shown.pair || undefined}
            onClick={() => open(pair)}
          >
            <Score score={pair.score} certainty={pair.certainty} />
            <span className="grow">
              <span className={`${classes.pair_name} clip`}>
                {pair.left.label || `#${pair.left.id}`}
              </span>
              <span className={`${classes.pair_name} clip`}>
                {pair.right.label || `#${pair.right.id}`}
              </span>
              <ReasonList reasons={pair.reasons} max={REASONS_MAX} />
            </span>
          </button>
        </li>
      ))}
      {more && (
        <li className={classes.more}>
          <Button variant="subtle" fullWidth loading={loading} onClick={more}>
            {t`Show more`}
          </Button>
        </li>
      )}
    </ul>
  );
}
