// SPDX-License-Identifier: Apache-2.0
import type { InputProps } from "../field_parts";
import { Input as IntegerInput } from "../integer/input";

export function Input(props: InputProps) {
  return <IntegerInput {...props} scale={props.field.scale ?? 2} />;
}
