// SPDX-License-Identifier: Apache-2.0
// A view whose fields were retired since says so, and opens without them.
import { useLingui } from "@lingui/react/macro";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { SavedView } from "../../api/types";
import classes from "./view_bar.module.css";

export function ViewProblems({ view }: { view: SavedView | undefined }) {
  const { t } = useLingui();
  if (!view?.problems.length) return null;
  const fields = [...new Set(view.problems.map((problem) => problem.path).filter(Boolean))];
  const names = fields.join(", ");
  const filtered = view.problems.some((problem) => problem.where === "filter");
  return (
    <div className={classes.problem} role="status">
      <IconAlertTriangle size={15} aria-hidden />
      <span>
        {t`This view is shown without fields that are retired or hidden from you: ${names}.`}
      </span>
      {filtered && <strong>{t`Its filter is wider than it was saved.`}</strong>}
    </div>
  );
}
