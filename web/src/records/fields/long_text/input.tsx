// SPDX-License-Identifier: Apache-2.0
import { Textarea } from "@mantine/core";
import { type InputProps, input_frame } from "../field_parts";

const ROWS_MAX = 14;

export function Input(props: InputProps) {
  return (
    <Textarea
      {...input_frame(props)}
      maxRows={ROWS_MAX}
      maxLength={props.field.length_max || undefined}
      value={String(props.value ?? "")}
      onChange={(event) => props.on_change(event.currentTarget.value)}
    />
  );
}
