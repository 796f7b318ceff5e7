// SPDX-License-Identifier: Apache-2.0
import { DateTimePicker } from "@mantine/dates";
import { type InputProps, input_frame } from "../field_parts";

export function Input(props: InputProps) {
  const value = props.value ? local_text(new Date(String(props.value))) : null;
  return (
    <DateTimePicker
      {...input_frame(props)}
      clearable
      valueFormat="D. MMM YYYY HH:mm"
      value={value}
      onChange={(text) =>
        props.on_change(text ? new Date(text.replace(" ", "T")).toISOString() : null)
      }
    />
  );
}

function local_text(at: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:00`;
}
