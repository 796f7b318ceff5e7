// SPDX-License-Identifier: Apache-2.0
import { NumberInput } from "@mantine/core";
import { type InputProps, input_frame } from "../field_parts";
import { number_marks } from "./number_marks";

export function Input(props: InputProps & { scale?: number }) {
  const scale = props.scale ?? 0;
  return (
    <NumberInput
      {...input_frame(props)}
      {...number_marks()}
      allowDecimal={scale > 0}
      decimalScale={scale}
      value={props.value === null || props.value === undefined ? "" : Number(props.value)}
      onChange={(value) => props.on_change(value === "" ? null : Number(value))}
    />
  );
}
