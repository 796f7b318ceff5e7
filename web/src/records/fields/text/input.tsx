// SPDX-License-Identifier: Apache-2.0
import { TextInput } from "@mantine/core";
import { type InputProps, input_frame } from "../field_parts";

type TextType = "text" | "email" | "tel" | "url";

export function Input(props: InputProps & { type?: TextType; placeholder?: string }) {
  return (
    <TextInput
      {...input_frame(props)}
      type={props.type ?? "text"}
      placeholder={props.placeholder}
      maxLength={props.field.length_max || undefined}
      value={String(props.value ?? "")}
      onChange={(event) => props.on_change(event.currentTarget.value)}
    />
  );
}
