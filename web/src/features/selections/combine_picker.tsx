// SPDX-License-Identifier: Apache-2.0
// A, B and the five ways to put them together, each with how many it would hold.
import { useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import type { TypeMeta } from "../../api/types";
import { useTranslate } from "../../records/use_translate";
import { type Operation, preview_query, selections_query } from "./selection_queries";
import { count_words, OPERATIONS } from "./selection_words";
import classes from "./selections.module.css";
import { Venn } from "./venn";

export interface Combination {
  operation: Operation;
  first: number | null;
  second: number | null;
}

interface Props {
  type: TypeMeta;
  value: Combination;
  change: (next: Combination) => void;
  self?: number;
  disabled?: boolean;
}

const ORDER: Operation[] = ["only_first", "both", "only_second", "either_not_both", "any"];

function filter_of(operation: Operation, a: number, b: number): string {
  const first = `in_selection(${a})`;
  const second = `in_selection(${b})`;
  if (operation === "only_first") return `${first} and not ${second}`;
  if (operation === "only_second") return `${second} and not ${first}`;
  if (operation === "both") return `${first} and ${second}`;
  if (operation === "any") return `${first} or ${second}`;
  return `(${first} and not ${second}) or (${second} and not ${first})`;
}

export function CombinePicker({ type, value, change, self, disabled = false }: Props) {
  const { t } = useLingui();
  const translate = useTranslate();
  const list = useQuery(selections_query(type.plural));
  const data = (list.data?.items ?? [])
    .filter((entry) => entry.id !== self && entry.record_type === type.name)
    .map((entry) => ({ value: String(entry.id), label: entry.name }));
  const { first, second } = value;
  const known = first !== null && second !== null;
  const counts = useQueries({
    queries: ORDER.map((operation) => ({
      ...preview_query(type.name, type.plural, known ? filter_of(operation, first, second) : ""),
      enabled: known,
    })),
  });
  const choose = (side: "first" | "second", label: string) => (
    <Select
      label={label}
      data={data}
      searchable
      disabled={disabled}
      nothingFoundMessage={t`Nothing found`}
      placeholder={t`Choose a selection`}
      value={value[side] === null ? null : String(value[side])}
      onChange={(id) => change({ ...value, [side]: id === null ? null : Number(id) })}
    />
  );
  return (
    <div className="stack">
      <div className={classes.pair}>
        {choose("first", "A")}
        {choose("second", "B")}
      </div>
      <div role="radiogroup" aria-label={t`How they are combined`} className={classes.ways}>
        {ORDER.map((operation, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a card with a picture, not a small circle
          <button
            key={operation}
            type="button"
            role="radio"
            aria-checked={value.operation === operation}
            className={classes.way}
            disabled={disabled}
            onClick={() => change({ ...value, operation })}
          >
            <Venn operation={operation} letters />
            <span className={classes.way_name}>{translate(OPERATIONS[operation])}</span>
            <span className={`${classes.way_count} tabular`}>
              {known && (counts[index]?.isPending ? "…" : count_words(counts[index]?.data?.count))}
            </span>
          </button>
        ))}
      </div>
    </div>
  );
}
