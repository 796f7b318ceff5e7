// SPDX-License-Identifier: Apache-2.0
// The field kinds. Each folder is the twin of one file in server/records/fields.
import type { ComponentType } from "react";
import type { FieldKind } from "../../api/types";
import { View as address_view } from "./address/view";
import { View as boolean_view } from "./boolean/view";
import { View as choice_view } from "./choice/view";
import { View as choices_view } from "./choices/view";
import { View as country_view } from "./country/view";
import { View as date_view } from "./date/view";
import { View as decimal_view } from "./decimal/view";
import { View as email_view } from "./email/view";
import type { ViewProps } from "./field_parts";
import { View as file_view } from "./file/view";
import { View as group_view } from "./group/view";
import { View as instant_view } from "./instant/view";
import { View as integer_view } from "./integer/view";
import { View as language_view } from "./language/view";
import { View as link_view } from "./link/view";
import { View as links_view } from "./links/view";
import { View as long_text_view } from "./long_text/view";
import { View as money_view } from "./money/view";
import { View as phone_view } from "./phone/view";
import { View as registration_number_view } from "./registration_number/view";
import { View as rich_text_view } from "./rich_text/view";
import { View as text_view } from "./text/view";
import { View as url_view } from "./url/view";
import { View as user_view } from "./user/view";

export const views: Record<FieldKind, ComponentType<ViewProps>> = {
  text: text_view,
  long_text: long_text_view,
  rich_text: rich_text_view,
  integer: integer_view,
  decimal: decimal_view,
  money: money_view,
  boolean: boolean_view,
  date: date_view,
  instant: instant_view,
  choice: choice_view,
  choices: choices_view,
  link: link_view,
  links: links_view,
  phone: phone_view,
  email: email_view,
  url: url_view,
  address: address_view,
  registration_number: registration_number_view,
  country: country_view,
  language: language_view,
  user: user_view,
  group: group_view,
  file: file_view,
};
