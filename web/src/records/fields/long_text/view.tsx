// SPDX-License-Identifier: Apache-2.0
import type { ViewProps } from "../field_parts";
import classes from "./view.module.css";

export function View({ value, dense }: ViewProps) {
  if (dense) return <span className="clip">{String(value)}</span>;
  return <span className={classes.text}>{String(value)}</span>;
}
