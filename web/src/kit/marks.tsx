// SPDX-License-Identifier: Apache-2.0
// Small marks that stand in rows by the thousand: plain elements, no kit components.
import type { ReactNode } from "react";
import { initials_of } from "../base/format";
import classes from "./marks.module.css";

const COLOURS = ["grey", "green", "blue", "teal", "yellow", "orange", "red", "purple", "pink"];
const ALIASES: Record<string, string> = { gray: "grey", amber: "yellow", violet: "purple" };

// A colour of a list's entry as one that the tokens have.
export function known_colour(colour: string | undefined): string {
  const name = ALIASES[colour ?? ""] ?? colour ?? "grey";
  return COLOURS.includes(name) ? name : "grey";
}

export function Tag({ colour, children }: { colour?: string | undefined; children: ReactNode }) {
  return (
    <span className={classes.tag} data-colour={known_colour(colour)}>
      {children}
    </span>
  );
}

function colour_of(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return COLOURS[1 + (sum % (COLOURS.length - 1))]!;
}

export function Initials({ name, size = 20 }: { name: string; size?: number }) {
  return (
    <span
      className={classes.initials}
      data-colour={colour_of(name)}
      style={{ width: size, height: size, fontSize: Math.max(9, size * 0.42) }}
      aria-hidden
    >
      {initials_of(name)}
    </span>
  );
}

export function SquareMark({ name, size = 20 }: { name: string; size?: number }) {
  return (
    <span
      className={`${classes.initials} ${classes.square}`}
      data-colour={colour_of(name)}
      style={{ width: size, height: size, fontSize: Math.max(10, size * 0.46) }}
      aria-hidden
    >
      {[...name.trim()][0]?.toUpperCase()}
    </span>
  );
}

export function Keys({ children }: { children: ReactNode }) {
  return <kbd className={classes.keys}>{children}</kbd>;
}
