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
  const dates = shown.filter((field) => field.kind === "date" || field.kind === "instant");
  const is_board = state.presentation === "board";
  const is_calendar = state.presentation === "month" || state.presentation === "week";
  const column = choices.find((field) => field.name === state.group_by) ?? choices[0];
  const as_board = {
    presentation: "board" as const,
    group_by: column?.name ?? "",
    sum: state.sum || (numbers.find((field) => field.kind === "money")?.name ?? ""),
  };
  const day = dates.find((field) => field.name === state.group_by) ?? first_date(dates);
  const as_calendar = { presentation: "month" as const, group_by: day?.name ?? "", sum: "" };
  const as_table = { presentation: "table" as const, group_by: "", sum: "" };
  const changes = { table: as_table, board: as_board, calendar: as_calendar };
  const offered = [
    { value: "table", label: t`Table` },
    ...(choices.length ? [{ value: "board", label: t`Board` }] : []),
    ...(dates.length ? [{ value: "calendar", label: t`Calendar` }] : []),
  ];
  return (
    <div className="stack">
      {offered.length > 1 && (
        <div>
          <p className="small" id="presentation_label">{t`Show as`}</p>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby="presentation_label"
            value={is_calendar ? "calendar" : state.presentation}
            data={offered}
            onChange={(next) => state.change({ ...changes[next as keyof typeof changes], day: "" })}
          />
        </div>
      )}
      <Select
        label={is_calendar ? t`Day` : t`Group by`}
        placeholder={t`No groups`}
        data={(is_calendar ? dates : is_board ? choices : shown.filter(is_groupable)).map(option)}
        value={state.group_by || null}
        clearable={!is_board && !is_calendar}
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

// A date that people set, before those that the program keeps.
function first_date(dates: TypeMeta["fields"]): TypeMeta["fields"][number] | undefined {
  return dates.find((field) => !field.read_only && !field.computed) ?? dates[0];
}
