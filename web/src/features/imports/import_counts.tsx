// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import type { ImportState } from "../../api/types";
import { number_text } from "../../base/format";
import classes from "./imports.module.css";

export function useActionWords(): Record<string, string> {
  const { t } = useLingui();
  return {
    create: t`new`,
    update: t`changed`,
    unchanged: t`unchanged`,
    skip: t`left out`,
    ask: t`put aside`,
    error: t`with errors`,
  };
}

export const ACTION_COLOURS: Record<string, string> = {
  create: "green",
  update: "blue",
  ask: "orange",
  error: "red",
};

export function ImportCounts({ counts }: { counts: NonNullable<ImportState["counts"]> }) {
  const { t } = useLingui();
  const shown = [
    { label: t`rows`, value: counts.rows ?? 0 },
    { label: t`created`, value: counts.created ?? 0 },
    { label: t`updated`, value: counts.updated ?? 0 },
    { label: t`unchanged`, value: counts.unchanged ?? 0 },
    { label: t`left out`, value: counts.skipped ?? 0, rare: true },
    { label: t`put aside`, value: counts.asked ?? 0, rare: true },
    { label: t`with errors`, value: counts.failed ?? 0, bad: true },
  ].filter((entry) => !entry.rare || entry.value > 0);
  return (
    <div className={classes.counts}>
      {shown.map((entry) => (
        <div
          key={entry.label}
          className={classes.count}
          data-bad={(entry.bad && entry.value > 0) || undefined}
        >
          <b className="tabular">{number_text(entry.value, 0)}</b>
          <span className="dim small">{entry.label}</span>
        </div>
      ))}
    </div>
  );
}
