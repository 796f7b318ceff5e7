// SPDX-License-Identifier: Apache-2.0
// What comes along to the record that stays, and what to mind.
import { useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconArrowMoveRight } from "@tabler/icons-react";
import type { TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import classes from "./merge.module.css";
import type { MergePreview } from "./types";

export function MergeFoot({ type, preview }: { type: TypeMeta; preview: MergePreview }) {
  const { t } = useLingui();
  const points = preview.contact_points?.length ?? 0;
  const contacts = number_text(points, 0);
  return (
    <div className={classes.foot}>
      <section aria-labelledby="merge_moves">
        <h3 id="merge_moves">{t`Comes along`}</h3>
        <ul className={classes.moves}>
          {preview.moves.map((move) => (
            <li key={`${move.what}/${move.field}`}>
              <IconArrowMoveRight size={15} stroke={1.7} aria-hidden />
              <strong className="tabular">{number_text(move.count, 0)}</strong> {move.label}
            </li>
          ))}
          {points > 0 && (
            <li>
              <IconArrowMoveRight size={15} stroke={1.7} aria-hidden />
              {t`All ${contacts} phones, e-mails and addresses stay`}
            </li>
          )}
          {!preview.moves.length && !points && (
            <li className="dim">{t`Nothing is linked to the others.`}</li>
          )}
        </ul>
      </section>
      <Warnings type={type} preview={preview} />
    </div>
  );
}

function Warnings({ type, preview }: { type: TypeMeta; preview: MergePreview }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const words = (warning: MergePreview["warnings"][number]) => {
    if (warning.code === "merge/runs_as_job")
      return t`So much comes along that the work goes on in the background.`;
    if (warning.code === "merge/too_many_contact_points")
      return t`Together they have more phones, e-mails and addresses than one record may have.`;
    if (warning.code !== "merge/strictest_wins") return warning.text;
    const field = dictionary.field(type, warning.text);
    const label = dictionary.text(field?.label, warning.text);
    return t`${label}: the strictest value stays, whatever is chosen.`;
  };
  if (!preview.warnings.length) return null;
  return (
    <section className={classes.warnings} aria-labelledby="merge_warnings">
      <h3 id="merge_warnings">
        <IconAlertTriangle size={16} stroke={1.7} aria-hidden />
        {t`Mind`}
      </h3>
      <ul>
        {preview.warnings.map((warning) => (
          <li key={warning.code + warning.text}>{words(warning)}</li>
        ))}
      </ul>
    </section>
  );
}
