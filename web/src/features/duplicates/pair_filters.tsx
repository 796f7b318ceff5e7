// SPDX-License-Identifier: Apache-2.0
// Which pairs: of what, how certain, whose; and merging all that are certain.
import { useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl } from "@mantine/core";
import { IconArrowMerge } from "@tabler/icons-react";
import type { TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import { useTranslate } from "../../records/use_translate";
import classes from "./duplicates.module.css";
import type { DuplicateSearch } from "./duplicates_page";
import type { PairFilter } from "./queries";
import { CERTAINTIES, type Counts } from "./types";
import { CERTAINTY_WORDS } from "./words";

interface Props {
  types: TypeMeta[];
  filter: PairFilter;
  counts: Counts | undefined;
  change: (next: DuplicateSearch) => void;
  merge_certain: (() => void) | undefined;
}

export function PairFilters({ types, filter, counts, change, merge_certain }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const total = counts && CERTAINTIES.reduce((sum, one) => sum + counts[one], 0);
  const choices = [
    { value: "", label: t`All`, count: total },
    ...CERTAINTIES.map((value) => ({
      value: value as string,
      label: translate(CERTAINTY_WORDS[value]),
      count: counts?.[value],
    })),
  ];
  return (
    <fieldset className={classes.filters} aria-label={t`Which pairs`}>
      {types.length > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t`Of what`}
          value={filter.type}
          data={types.map((type) => ({
            value: type.name,
            label: dictionary.text(type.label_plural, type.plural),
          }))}
          onChange={(type) => change({ type })}
        />
      )}
      <div className={classes.certainties}>
        {choices.map((choice) => (
          <button
            key={choice.value}
            type="button"
            className={classes.certainty}
            data-certainty={choice.value || undefined}
            aria-pressed={filter.certainty === choice.value}
            onClick={() => change({ certainty: choice.value })}
          >
            {choice.label}
            {choice.count !== undefined && (
              <span className="tabular">{number_text(choice.count, 0)}</span>
            )}
          </button>
        ))}
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t`Whose`}
        value={filter.owner || "all"}
        data={[
          { value: "all", label: t`All` },
          { value: "me", label: t`Mine` },
        ]}
        onChange={(owner) => change({ owner: owner === "all" ? "" : owner })}
      />
      {merge_certain && (
        <Button
          variant="default"
          size="xs"
          ml="auto"
          leftSection={<IconArrowMerge size={15} />}
          onClick={merge_certain}
        >
          {t`Merge all that are certain`}
        </Button>
      )}
    </fieldset>
  );
}
