// SPDX-License-Identifier: Apache-2.0
// Which differences: of which field, from which register, whose, decided or not; and deciding all
// of them at once.
import { useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl, Select } from "@mantine/core";
import type { TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import type { Decision } from "./queries";
import classes from "./review.module.css";
import { type ProposalCounts, type ReviewFilter, STATES } from "./types";
import type { ReviewSearch } from "./use_review";
import { useStateWords } from "./words";

interface Props {
  type: TypeMeta;
  filter: ReviewFilter;
  counts: ProposalCounts | undefined;
  change: (next: ReviewSearch) => void;
  decide: ((action: Decision) => void) | undefined;
}

export function ReviewFilters({ type, filter, counts, change, decide }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const states = useStateWords();
  const name = (field: string) => dictionary.text(dictionary.field(type, field)?.label, field);
  const fields = (counts?.by_field ?? []).map(({ field, count }) => ({
    value: field,
    label: `${name(field)} (${number_text(count, 0)})`,
  }));
  // What is filtered by stays to be seen when nothing of it is left.
  if (filter.field && !fields.some((one) => one.value === filter.field))
    fields.push({ value: filter.field, label: name(filter.field) });
  const providers = (counts?.by_provider ?? []).map(({ provider, title, count }) => ({
    value: provider,
    label: `${title} (${number_text(count, 0)})`,
  }));
  if (filter.provider && !providers.some((one) => one.value === filter.provider))
    providers.push({ value: filter.provider, label: filter.provider });
  return (
    <fieldset className={classes.filters} aria-label={t`Which differences`}>
      <Select
        size="xs"
        aria-label={t`State`}
        allowDeselect={false}
        data={STATES.map((state) => ({ value: state, label: states[state] }))}
        value={filter.state}
        onChange={(state) => change({ state: state === "open" ? "" : (state ?? "") })}
      />
      <Select
        size="xs"
        aria-label={t`Field`}
        placeholder={t`All fields`}
        clearable
        data={fields}
        value={filter.field || null}
        onChange={(field) => change({ field: field ?? "" })}
      />
      <Select
        size="xs"
        aria-label={t`Register`}
        placeholder={t`All registers`}
        clearable
        data={providers}
        value={filter.provider || null}
        onChange={(provider) => change({ provider: provider ?? "" })}
      />
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
      {counts && (
        <span className="dim small tabular" role="status">
          {t`${number_text(counts.open, 0)} to decide`}
        </span>
      )}
      {decide && (
        <div className={classes.all}>
          <Button variant="default" size="xs" onClick={() => decide("reject")}>
            {t`Reject all`}
          </Button>
          <Button variant="default" size="xs" onClick={() => decide("accept")}>
            {t`Accept all`}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
