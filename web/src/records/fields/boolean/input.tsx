// SPDX-License-Identifier: Apache-2.0
import { Switch } from "@mantine/core";
import type { InputProps } from "../field_parts";

export function Input(props: InputProps) {
  return (
    <Switch
      label={props.label}
      aria-label={props.label ? undefined : props.field.name}
      error={props.error}
      autoFocus={props.autofocus}
      checked={Boolean(props.value)}
      onChange={(event) => {
        props.on_change(event.currentTarget.checked);
        props.on_done?.(event.currentTarget.checked);
      }}
    />
  );
}
