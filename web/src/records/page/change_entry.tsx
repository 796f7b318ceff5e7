// SPDX-License-Identifier: Apache-2.0
// A change of the record itself in its timeline: who, what from and to, where from, when.
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { IconHistory } from "@tabler/icons-react";
import type { HistoryItem, TypeMeta } from "../../api/types";
import { instant_text, near_text } from "../../base/format";
import { ChangeList } from "../change_list";
import { ChangeSource, useActionWords } from "./change_words";
import classes from "./timeline_tab.module.css";

// More than these are folded away; the history tab shows all of them.
const SHOWN_MAX = 4;

export function ChangeEntry({ type, item }: { type: TypeMeta; item: HistoryItem }) {
  const { t } = useLingui();
  const action_words = useActionWords();
  const first = item.action === "create" ? [] : item.changes.slice(0, SHOWN_MAX);
  const rest = item.changes.slice(first.length);
  return (
    <article className={classes.entry} data-kind="change">
      <span className={classes.icon}>
        <IconHistory size={15} stroke={1.7} aria-hidden />
      </span>
      <div className={classes.body}>
        <div className={classes.line}>
          <p className={classes.change_head}>
            <span className={classes.who}>{item.actor?.name ?? t`The system`}</span>
            <span className="dim">{action_words(item.action)}</span>
            <ChangeSource item={item} />
          </p>
          <time className={classes.time} dateTime={item.at} title={instant_text(item.at)}>
            {near_text(item.at)}
          </time>
        </div>
        <ChangeList type={type} changes={first} />
        {rest.length > 0 && (
          <details>
            <summary className={classes.fold}>
              {first.length
                ? plural(rest.length, { one: "# more field", other: "# more fields" })
                : t`Values at creation`}
            </summary>
            <ChangeList type={type} changes={rest} />
          </details>
        )}
      </div>
    </article>
  );
}
