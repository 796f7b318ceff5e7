// SPDX-License-Identifier: Apache-2.0
import type { InputProps } from "../field_parts";
import { Input as LinkInput } from "../link/input";

export function Input(props: InputProps) {
  return <LinkInput {...props} target="group" />;
}
