// SPDX-License-Identifier: Apache-2.0
// How much the rule would find as it is written now, and the first of it, before it is kept.
import { useLingui } from "@lingui/react/macro";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { number_text } from "../../base/format";
import { field_errors } from "../../records/error_text";
import { useTranslate } from "../../records/use_translate";
import { DiffView } from "./diff_view";
import marks from "./quality.module.css";
import { useQualityErrors } from "./quality_errors";
import { preview_form, type RuleDraft } from "./rule_draft";
import classes from "./rules.module.css";
import type { RuleFindings } from "./types";

const WAIT_MS = 500;

export function RulePreview({ draft }: { draft: RuleDraft }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const errors = useQualityErrors();
  const form = JSON.stringify(preview_form(draft));
  const [asked] = useDebouncedValue(form, WAIT_MS);
  const found = useQuery({
    queryKey: ["quality_preview", asked],
    queryFn: ({ signal }) =>
      api.post<RuleFindings>("/quality/rules/preview", JSON.parse(asked), { signal }),
    enabled: asked !== "null",
    retry: false,
  });
  const { data, error } = found;
  const count = number_text(data?.count ?? 0, 0);
  const first = error && Object.entries(field_errors(error, translate))[0];
  const own = first && errors.of_field(error, first[0]);
  if (form === "null") return null;
  return (
    <div className={classes.preview} aria-live="polite" data-busy={asked !== form || undefined}>
      {error && (
        <p className={marks.problem}>
          {own ? translate(own) : (first?.[1] ?? errors.whole(error))}
        </p>
      )}
      {data && (
        <p>
          <strong className="tabular">{count}</strong>{" "}
          <span className="dim">
            {data.capped ? t`or more would be found right now` : t`would be found right now`}
          </span>
        </p>
      )}
      {data && data.sample.length > 0 && (
        <ul className={classes.preview_list} aria-label={t`Sample`}>
          {data.sample.map((one) => (
            <li key={`${one.id}/${one.field}`}>
              <span className="clip">{one.name || `#${one.id}`}</span>
              {one.suggestion ? (
                <DiffView before={one.value} after={one.suggestion.value} />
              ) : (
                one.value && <span className="dim clip">{one.value}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
