// SPDX-License-Identifier: Apache-2.0
import { Select } from "@mantine/core";
import { language_text } from "../../../base/format";
import { type InputProps, input_frame } from "../field_parts";

const CODES = "da en nb nn sv fi is de nl fr es pt it pl cs sk hu ro bg el et lv lt uk ru tr".split(
  " ",
);

export function Input(props: InputProps) {
  const value = (props.value as string | null) || null;
  const codes = value && !CODES.includes(value) ? [value, ...CODES] : CODES;
  return (
    <Select
      {...input_frame(props)}
      data={codes.map((code) => ({ value: code, label: language_text(code) }))}
      searchable
      clearable
      value={value}
      onChange={(code) => {
        props.on_change(code);
        props.on_done?.(code);
      }}
    />
  );
}
