// SPDX-License-Identifier: Apache-2.0

import { useLingui } from "@lingui/react/macro";
import { Fieldset, TextInput } from "@mantine/core";
import type { Address } from "../../../api/types";
import { Input as CountryInput } from "../country/input";
import type { InputProps } from "../field_parts";
import classes from "./input.module.css";

export function Input(props: InputProps) {
  const { t } = useLingui();
  const address = (props.value as Address | null) ?? {};
  const set = (part: keyof Address, text: unknown) =>
    props.on_change({ ...address, [part]: text || undefined });
  const part = (name: "street" | "postcode" | "city" | "region", label: string) => (
    <TextInput
      label={label}
      value={address[name] ?? ""}
      onChange={(event) => set(name, event.currentTarget.value)}
      className={classes[name]}
      autoFocus={props.autofocus && name === "street"}
    />
  );
  return (
    <Fieldset legend={props.label} variant="unstyled" className={classes.parts}>
      {part("street", t`Street`)}
      {part("postcode", t`Postcode`)}
      {part("city", t`City`)}
      {part("region", t`Region`)}
      <CountryInput
        field={props.field}
        label={t`Country`}
        value={address.country}
        on_change={(country) => set("country", country)}
      />
      {props.error && <p className={classes.error}>{props.error}</p>}
    </Fieldset>
  );
}
