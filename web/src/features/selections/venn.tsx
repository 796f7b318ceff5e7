// SPDX-License-Identifier: Apache-2.0
// Two circles, A and B; what the way of combining keeps is filled.
import { useId } from "react";
import type { Operation } from "./selection_queries";
import classes from "./selections.module.css";

const KEEPS: Record<Operation, [first: boolean, both: boolean, second: boolean]> = {
  only_first: [true, false, false],
  both: [false, true, false],
  only_second: [false, false, true],
  either_not_both: [true, false, true],
  any: [true, true, true],
};

interface Props {
  operation: Operation;
  width?: number;
  letters?: boolean;
}

export function Venn({ operation, width = 96, letters = false }: Props) {
  const id = useId();
  const [first, both, second] = KEEPS[operation];
  const a = { cx: 38, cy: 30, r: 24 };
  const b = { cx: 62, cy: 30, r: 24 };
  return (
    <svg viewBox="0 0 100 60" width={width} className={classes.venn} aria-hidden>
      <defs>
        <clipPath id={`${id}b`}>
          <circle {...b} />
        </clipPath>
        <mask id={`${id}not_a`}>
          <rect width="100" height="60" fill="white" />
          <circle {...a} fill="black" />
        </mask>
        <mask id={`${id}not_b`}>
          <rect width="100" height="60" fill="white" />
          <circle {...b} fill="black" />
        </mask>
      </defs>
      <circle {...a} mask={`url(#${id}not_b)`} data-kept={first || undefined} />
      <circle {...b} mask={`url(#${id}not_a)`} data-kept={second || undefined} />
      <circle {...a} clipPath={`url(#${id}b)`} data-kept={both || undefined} />
      <circle {...a} className={classes.venn_line} />
      <circle {...b} className={classes.venn_line} />
      {letters && (
        <>
          <text x="26" y="34" data-on={first || undefined}>
            A
          </text>
          <text x="74" y="34" data-on={second || undefined}>
            B
          </text>
        </>
      )}
    </svg>
  );
}
