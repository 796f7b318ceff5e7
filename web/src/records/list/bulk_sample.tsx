// SPDX-License-Identifier: Apache-2.0
// What a bulk action would do: how many records, and the first of them as they would become.
import { useLingui } from "@lingui/react/macro";
import type { BulkPreview, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { ChangeList } from "../change_list";
import { useProblemText } from "../use_translate";
import type { BulkAction } from "./bulk_dialog";
import classes from "./bulk_sample.module.css";

interface Props {
  type: TypeMeta;
  action: BulkAction;
  preview: BulkPreview;
}

export function BulkSample({ type, action, preview }: Props) {
  const { t } = useLingui();
  const problem_text = useProblemText();
  const count = number_text(preview.count, 0);
  const out = number_text(preview.not_allowed ?? 0, 0);
  const first = number_text(preview.sample.length, 0);
  return (
    <section aria-label={t`Preview`} className="stack">
      <div>
        <p className="card_title">
          {action === "archive"
            ? t`${count} records would be archived`
            : t`${count} records would change`}
        </p>
        {!!preview.not_allowed && (
          <p className="small dim">{t`${out} more match, but you may not change them.`}</p>
        )}
        {preview.count > preview.sample.length && (
          <p className="small dim">{t`The first ${first} of them:`}</p>
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: is scrolled with the keys */}
      <ul className={classes.sample} tabIndex={0} aria-label={t`Sample`}>
        {preview.sample.map((entry) => (
          <li key={entry.id}>
            <p className="clip">{entry.name ?? `#${entry.id}`}</p>
            {entry.error ? (
              <p className={classes.problem}>{problem_text(entry.error)}</p>
            ) : action === "archive" ? null : entry.changes.length ? (
              <ChangeList type={type} changes={entry.changes} />
            ) : (
              <p className="small dim">{t`Has that value already`}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
