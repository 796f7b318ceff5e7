// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { SegmentedControl, Select } from "@mantine/core";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../dictionary";
import type { ListState } from "./list_state";
import { is_groupable, NUMBERS } from "./use_group_rows";

export default function DisplayForm({ type, state }: { type: TypeMeta; state: ListState }) {
  const { t } = useLingui();
  const { text } = useDictionary();
  const option = (field: TypeMeta["fields"][number]) => ({
    value: field.name,
    label: text(field.label, field.name),
  });
  const shown = type.fields.filter((field) => !field.hidden);
  const choices = shown.filter((field) => field.kind === "choice");
  const numbers = shown.filter((field) => NUMBERS.includes(field.kind));
  const is_board = state.presentation === "board";
  const column = choices.find((field) => field.name === state.group_by) ?? choices[0];
  const as_board = {
    presentation: "board" as const,
    group_by: column?.name ?? "",
    sum: state.sum || (numbers.find((field) => field.kind === "money")?.name ?? ""),
  };
  const as_table = { presentation: "table" as const, group_by: "", sum: "" };
  return (
    <div className="stack">
      {choices.length > 0 && (
        <div>
          <p className="small" id="presentation_label">{t`Show as`}</p>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="presentation_label"
            value={state.presentation}
            data={[
              { value: "table", label: t`Table` },
              { value: "board", label: t`Board` },
            ]}
            onChange={(next) => state.change(next === "board" ? as_board : as_table)}
          />
        </div>
      )}
      <Select
        label={t`Group by`}
        placeholder={t`No groups`}
        data={(is_board ? choices : type.fields.filter(is_groupable)).map(option)}
        value={state.group_by || null}
        clearable={!is_board}
        searchable
        comboboxProps={{ withinPortal: false }}
        onChange={(group_by) => state.change({ group_by: group_by ?? "" })}
      />
      {is_board && (
        <Select
          label={t`Add up`}
          placeholder={t`Nothing`}
          data={numbers.map(option)}
          value={state.sum || null}
          clearable
          comboboxProps={{ withinPortal: false }}
          onChange={(sum) => state.change({ sum: sum ?? "" })}
        />
      )}
      <div>
        <p className="small" id="density_label">{t`Density`}</p>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-labelledby="density_label"
          value={state.density || "own"}
          data={[
            { value: "own", label: t`As I have it` },
            { value: "comfortable", label: t`Comfortable` },
            { value: "compact", label: t`Compact` },
          ]}
          onChange={(next) =>
            state.change({ density: next === "own" ? "" : (next as "comfortable" | "compact") })
          }
        />
      </div>
    </div>
  );
}
