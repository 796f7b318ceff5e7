// SPDX-License-Identifier: Apache-2.0
import type { InputProps } from "../field_parts";
import { Input as TextFieldInput } from "../text/input";

export function Input(props: InputProps) {
  return <TextFieldInput {...props} type="email" />;
}
