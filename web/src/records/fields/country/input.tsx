// SPDX-License-Identifier: Apache-2.0
import { Select } from "@mantine/core";
import { useMemo } from "react";
import { country_text } from "../../../base/format";
import { useDictionary } from "../../dictionary";
import { type InputProps, input_frame } from "../field_parts";
import { country_codes } from "./codes";

export function Input(props: InputProps) {
  const { language } = useDictionary();
  const options = useMemo(
    () =>
      country_codes()
        .map((code) => ({ value: code, label: country_text(code) }))
        .sort((left, right) => left.label.localeCompare(right.label, language)),
    [language],
  );
  return (
    <Select
      {...input_frame(props)}
      data={options}
      limit={80}
      searchable
      clearable
      value={(props.value as string | null) || null}
      onChange={(code) => {
        props.on_change(code);
        props.on_done?.(code);
      }}
    />
  );
}
