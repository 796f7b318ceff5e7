// SPDX-License-Identifier: Apache-2.0
// The page before the house: one card, one task.
import type { ReactNode } from "react";
import classes from "./gate.module.css";

export function Gate({
  title,
  text,
  children,
}: {
  title: string;
  text?: string;
  children: ReactNode;
}) {
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <div className={classes.mark}>
          <img src="/favicon.svg" width={36} height={36} alt="" />
          <span>Fokus</span>
        </div>
        <h1 className={classes.title}>{title}</h1>
        {text && <p className={classes.text}>{text}</p>}
        {children}
      </div>
    </main>
  );
}
