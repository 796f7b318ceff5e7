// SPDX-License-Identifier: Apache-2.0
import { IconAlertCircle, IconCheck } from "@tabler/icons-react";
import classes from "./data_grid.module.css";
import type { CellMark } from "./grid_types";

export function CellMarkView({ mark }: { mark: CellMark }) {
  if (mark.state === "saving") return <span className={classes.saving} aria-hidden />;
  if (mark.state === "saved")
    return <IconCheck className={classes.saved} size={14} aria-hidden data-saved />;
  return (
    <span className={classes.refused} title={mark.why}>
      <IconAlertCircle size={15} aria-hidden />
      <span className="visually_hidden">{mark.why}</span>
    </span>
  );
}
