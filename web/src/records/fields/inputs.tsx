// SPDX-License-Identifier: Apache-2.0
// Loaded when the first value is edited: inputs are most of the weight of a field kind.
import type { ComponentType } from "react";
import type { FieldKind } from "../../api/types";
import { Input as address_input } from "./address/input";
import { Input as boolean_input } from "./boolean/input";
import { Input as choice_input } from "./choice/input";
import { Input as choices_input } from "./choices/input";
import { Input as country_input } from "./country/input";
import { Input as date_input } from "./date/input";
import { DatesFrame } from "./dates_frame";
import { Input as decimal_input } from "./decimal/input";
import { Input as email_input } from "./email/input";
import type { InputProps } from "./field_parts";
import { Input as file_input } from "./file/input";
import { Input as group_input } from "./group/input";
import { Input as instant_input } from "./instant/input";
import { Input as integer_input } from "./integer/input";
import { Input as language_input } from "./language/input";
import { Input as link_input } from "./link/input";
import { Input as links_input } from "./links/input";
import { Input as long_text_input } from "./long_text/input";
import { Input as money_input } from "./money/input";
import { Input as phone_input } from "./phone/input";
import { Input as registration_number_input } from "./registration_number/input";
import { Input as rich_text_input } from "./rich_text/input";
import { Input as text_input } from "./text/input";
import { Input as url_input } from "./url/input";
import { Input as user_input } from "./user/input";

const inputs: Record<FieldKind, ComponentType<InputProps>> = {
  text: text_input,
  long_text: long_text_input,
  rich_text: rich_text_input,
  integer: integer_input,
  decimal: decimal_input,
  money: money_input,
  boolean: boolean_input,
  date: date_input,
  instant: instant_input,
  choice: choice_input,
  choices: choices_input,
  link: link_input,
  links: links_input,
  phone: phone_input,
  email: email_input,
  url: url_input,
  address: address_input,
  registration_number: registration_number_input,
  country: country_input,
  language: language_input,
  user: user_input,
  group: group_input,
  file: file_input,
};

export default function AnyInput(props: InputProps) {
  const KindInput = inputs[props.field.kind] ?? inputs.text;
  return (
    <DatesFrame>
      <KindInput {...props} />
    </DatesFrame>
  );
}
