// SPDX-License-Identifier: Apache-2.0
// What a number stands beside: other days, or the members of another selection.
import { useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import type { TypeMeta } from "../../api/types";
import own from "./builder.module.css";
import { useSelections } from "./selection_input";
import type { Definition } from "./types";

interface Props {
  type: TypeMeta;
  draft: Definition;
  change: (part: Partial<Definition>) => void;
}

const SELECTION = "selection";

// Of a definition that has no date any more.
export function without_periods({ comparison }: Definition): Partial<Definition> {
  return typeof comparison === "object" ? {} : { comparison: undefined as never };
}

export function ComparisonInput({ type, draft, change }: Props) {
  const { t } = useLingui();
  const { comparison } = draft;
  const mine = typeof draft.selection === "object" ? draft.selection.id : draft.selection;
  const chosen = typeof comparison === "object" ? comparison.selection : undefined;
  const items = useSelections(type).filter((one) => one.id !== mine || one.id === chosen);
  const first = chosen ?? items[0]?.id;
  const options = [
    ...(draft.period_field
      ? [
          { value: "previous_period", label: t`The period before` },
          { value: "previous_year", label: t`The year before` },
        ]
      : []),
    ...(draft.presentation === "number" && first !== undefined
      ? [{ value: SELECTION, label: t`Another selection` }]
      : []),
  ];
  if (!options.length) return null;
  const set = (value: string | null) =>
    change({
      comparison: (value === SELECTION ? { selection: first } : (value ?? undefined)) as never,
    });
  return (
    <div className={own.pair}>
      <Select
        label={t`Compared with`}
        clearable
        value={typeof comparison === "object" ? SELECTION : (comparison ?? null)}
        data={options}
        onChange={set}
      />
      {chosen !== undefined && (
        <Select
          label={t`The other selection`}
          searchable
          allowDeselect={false}
          value={String(chosen)}
          data={items.map((one) => ({ value: String(one.id), label: one.name }))}
          onChange={(id) => id && change({ comparison: { selection: Number(id) } })}
        />
      )}
    </div>
  );
}
