// SPDX-License-Identifier: Apache-2.0
import { country_text } from "../../../base/format";
import type { ViewProps } from "../field_parts";

export function View({ value }: ViewProps) {
  return <span className="clip">{country_text(String(value))}</span>;
}
