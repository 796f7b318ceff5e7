// SPDX-License-Identifier: Apache-2.0
// A time of the day: chosen from a list or typed, as "930" or "9:30".
import { Autocomplete } from "@mantine/core";
import { useEffect, useState } from "react";
import { parse_clock } from "./entry_draft";
import { clock_text } from "./entry_text";

interface Props {
  label: string;
  minutes: number;
  on_change: (minutes: number) => void;
  error?: boolean;
}

export function TimeField({ label, minutes, on_change, error }: Props) {
  const [text, set_text] = useState(clock_text(minutes));
  useEffect(() => set_text(clock_text(minutes)), [minutes]);
  const take = (typed: string) => {
    const parsed = parse_clock(typed);
    if (parsed !== null) on_change(parsed);
    set_text(clock_text(parsed ?? minutes));
  };
  return (
    <Autocomplete
      aria-label={label}
      size="sm"
      w={86}
      inputMode="numeric"
      data={Array.from({ length: 48 }, (_, at) => clock_text(at * 30))}
      // The list is for choosing: what stands in the field does not narrow it.
      filter={({ options }) => options}
      maxDropdownHeight={220}
      comboboxProps={{ withinPortal: true }}
      value={text}
      error={error}
      onChange={set_text}
      onOptionSubmit={take}
      onBlur={(event) => take(event.currentTarget.value)}
    />
  );
}
