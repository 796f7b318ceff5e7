// SPDX-License-Identifier: Apache-2.0
import { DateInput } from "@mantine/dates";
import { type InputProps, input_frame } from "../field_parts";

export function Input(props: InputProps) {
  return (
    <DateInput
      {...input_frame(props)}
      clearable
      valueFormat="D. MMM YYYY"
      popoverProps={{ withinPortal: true }}
      value={(props.value as string | null) ?? null}
      onChange={(value) => {
        props.on_change(value);
        props.on_done?.(value);
      }}
    />
  );
}
