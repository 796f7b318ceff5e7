// SPDX-License-Identifier: Apache-2.0
import type { Ref } from "../../../api/types";
import { useDictionary } from "../../dictionary";
import type { InputProps } from "../field_parts";
import { RecordSelect } from "./record_select";

export function Input(props: InputProps & { target?: string }) {
  const { type } = useDictionary();
  const target = props.target ?? props.field.target ?? "";
  return (
    <RecordSelect
      plural={type(target)?.plural ?? `${target}s`}
      value={(props.value as Ref | null) ?? null}
      label={props.label}
      aria_label={props.field.name}
      error={props.error}
      autofocus={props.autofocus}
      required={props.required}
      on_change={(ref) => {
        props.on_change(ref);
        props.on_done?.(ref);
      }}
    />
  );
}
