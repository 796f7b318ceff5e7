// SPDX-License-Identifier: Apache-2.0
import { Select } from "@mantine/core";
import { useDictionary } from "../../dictionary";
import { type InputProps, input_frame } from "../field_parts";

export function Input(props: InputProps) {
  const { items, text } = useDictionary();
  const value = (props.value as string | null) ?? null;
  const options = items(props.field.list)
    .filter((item) => !item.retired || item.key === value)
    .map((item) => ({ value: item.key, label: text(item.label, item.key) }));
  return (
    <Select
      {...input_frame(props)}
      data={options}
      value={value}
      searchable
      clearable={!props.required}
      onChange={(key) => {
        props.on_change(key);
        props.on_done?.(key);
      }}
    />
  );
}
