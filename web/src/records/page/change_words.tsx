// SPDX-License-Identifier: Apache-2.0
// A change in words: what was done, and where the values came from.
import { useLingui } from "@lingui/react/macro";
import type { HistoryItem } from "../../api/types";
import classes from "./history_tab.module.css";

export function useActionWords(): (action: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    create: t`created it`,
    update: t`changed it`,
    archive: t`archived it`,
    restore: t`restored it`,
    import: t`imported it`,
    bulk_edit: t`changed it with others`,
    merge: t`merged it`,
    undo: t`took a change back`,
  };
  return (action) => words[action] ?? action;
}

// Where the values of a change came from, when it was not typed in by who made it.
export function ChangeSource({ item }: { item: HistoryItem }) {
  const { t } = useLingui();
  const kinds: Record<string, string> = {
    import: t`Import`,
    register: t`Register`,
    device: t`Device`,
    form: t`Form`,
    merge: t`Merge`,
  };
  const { source, batch } = item;
  const typed = !source || source.kind === "user";
  const kind = source ? (kinds[source.kind] ?? source.kind) : "";
  return (
    <>
      {item.actor_kind === "api_key" && <span className={classes.source}>{t`by API key`}</span>}
      {!typed && (
        <span className={classes.source}>{[kind, source.name].filter(Boolean).join(": ")}</span>
      )}
      {batch ? <span className="faint">{t`batch ${batch}`}</span> : null}
    </>
  );
}
