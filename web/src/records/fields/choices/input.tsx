// SPDX-License-Identifier: Apache-2.0
import { MultiSelect } from "@mantine/core";
import { useDictionary } from "../../dictionary";
import { type InputProps, input_frame } from "../field_parts";

export function Input(props: InputProps) {
  const { items, text } = useDictionary();
  const value = (props.value as string[] | null) ?? [];
  const options = items(props.field.list)
    .filter((item) => !item.retired || value.includes(item.key))
    .map((item) => ({ value: item.key, label: text(item.label, item.key) }));
  return (
    <MultiSelect
      {...input_frame(props)}
      data={options}
      value={value}
      searchable
      clearable
      onChange={props.on_change}
    />
  );
}
