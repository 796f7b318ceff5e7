// SPDX-License-Identifier: Apache-2.0
// Criteria being built: conditions or text, how many fit right now, each condition in words.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Textarea, Tooltip } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconCode } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TypeMeta } from "../../api/types";
import { FilterChips } from "../../records/filter/filter_chips";
import { parse_filter } from "../../records/filter/filter_text";
import { useErrorText } from "../../records/use_translate";
import { preview_query } from "./selection_queries";
import { count_words } from "./selection_words";
import classes from "./selections.module.css";

const TYPING_MS = 300;

interface Props {
  type: TypeMeta;
  filter: string;
  change: (filter: string) => void;
  disabled?: boolean;
}

export function CriteriaBuilder({ type, filter, change, disabled = false }: Props) {
  const { t } = useLingui();
  const conditions = parse_filter(filter);
  const [wants_text, set_wants_text] = useState(false);
  const as_text = wants_text || !conditions;
  const label = as_text ? t`Edit as conditions` : t`Edit as text`;
  return (
    <div className="stack">
      {!disabled && (
        <div className={classes.builder}>
          {as_text ? (
            <Textarea
              className="grow"
              classNames={{ input: classes.code ?? "" }}
              aria-label={t`Filter as text`}
              placeholder="country eq 'DK' and none(activities: starts_at in last(90 days))"
              spellCheck={false}
              value={filter}
              onChange={(event) => change(event.currentTarget.value)}
            />
          ) : (
            <div className={classes.chips}>
              <FilterChips type={type} conditions={conditions} change={change} origins />
            </div>
          )}
          <Tooltip label={label}>
            <ActionIcon
              aria-label={label}
              aria-pressed={as_text}
              disabled={as_text && !conditions}
              onClick={() => set_wants_text(!as_text)}
            >
              <IconCode size={16} />
            </ActionIcon>
          </Tooltip>
        </div>
      )}
      <LiveCount type={type} filter={filter} />
    </div>
  );
}

// What the criteria say and how many fit, a moment after the last change.
export function LiveCount({ type, filter }: { type: TypeMeta; filter: string }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [asked] = useDebouncedValue(filter, TYPING_MS);
  const preview = useQuery(preview_query(type.name, type.plural, asked));
  if (preview.isError) {
    return (
      <p role="alert" className={classes.wrong}>
        {error_text(preview.error)}
      </p>
    );
  }
  const { data } = preview;
  return (
    <div className={classes.live} aria-live="polite" data-busy={asked !== filter || undefined}>
      <p className={classes.live_count}>
        <strong className="tabular">{count_words(data?.count)}</strong>{" "}
        <span className="dim">{t`fit right now`}</span>
      </p>
      {data && data.sentences.length === 0 && (
        <p className="dim">{t`No conditions: everyone is in.`}</p>
      )}
      <ul className={classes.sentences}>
        {data?.sentences.map((sentence, index) => (
          <li key={sentence}>
            {index > 0 && <span className={classes.joint}>{data.all ? t`and` : t`or`}</span>}
            <span>{sentence}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
