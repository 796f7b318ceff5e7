// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from "react";
import classes from "./page_header.module.css";

interface Props {
  title: ReactNode;
  icon?: ReactNode;
  note?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, icon, note, actions }: Props) {
  return (
    <header className={classes.header}>
      {icon && <span className={classes.icon}>{icon}</span>}
      <h1 className={`${classes.title} clip`}>{title}</h1>
      {note && <span className={classes.note}>{note}</span>}
      <div className={classes.actions}>{actions}</div>
    </header>
  );
}
