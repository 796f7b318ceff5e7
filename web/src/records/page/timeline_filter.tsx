// SPDX-License-Identifier: Apache-2.0
// Which kinds of entries a timeline shows, and the words they hold.
import { useLingui } from "@lingui/react/macro";
import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../dictionary";
import classes from "./timeline_filter.module.css";

const TYPING_MS = 200;
export const CHANGE = "change";

export interface TimelineFilter {
  kinds: string[];
  q: string;
}

// The record types that link to this one and happen in time; each once.
export function useTimelineKinds(type: TypeMeta): { kind: string; label: string }[] {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const linked = new Set((type.backlinks ?? []).map((link) => link.type));
  const types = [...linked].flatMap((name) => {
    const other = dictionary.type(name);
    return other?.timeline
      ? [{ kind: name, label: dictionary.text(other.label_plural, name) }]
      : [];
  });
  return [...types, { kind: CHANGE, label: t`Changes` }];
}

interface Props {
  type: TypeMeta;
  filter: TimelineFilter;
  change: (filter: TimelineFilter) => void;
}

export function TimelineFilterBar({ type, filter, change }: Props) {
  const { t } = useLingui();
  const [text, set_text] = useState(filter.q);
  const send = useDebouncedCallback(
    (kinds: string[], q: string) => change({ kinds, q }),
    TYPING_MS,
  );
  const set = (q: string) => {
    set_text(q);
    send(filter.kinds, q);
  };
  const toggle = (kind: string) =>
    change({
      q: text,
      kinds: filter.kinds.includes(kind)
        ? filter.kinds.filter((other) => other !== kind)
        : [...filter.kinds, kind],
    });
  return (
    <div className={classes.bar}>
      <fieldset className={classes.kinds}>
        <legend className="visually_hidden">{t`Show only`}</legend>
        {useTimelineKinds(type).map(({ kind, label }) => (
          <button
            key={kind}
            type="button"
            className={classes.kind}
            aria-pressed={filter.kinds.includes(kind)}
            onClick={() => toggle(kind)}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <TextInput
        className={classes.search}
        size="xs"
        leftSection={<IconSearch size={14} />}
        aria-label={t`Search the timeline`}
        placeholder={t`Search the timeline`}
        value={text}
        onChange={(event) => set(event.currentTarget.value)}
        rightSection={
          text && <CloseButton size="xs" aria-label={t`Clear`} onClick={() => set("")} />
        }
      />
    </div>
  );
}
