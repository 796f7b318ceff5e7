// SPDX-License-Identifier: Apache-2.0
import { date_text } from "../../../base/format";
import type { ViewProps } from "../field_parts";

export function View({ value }: ViewProps) {
  return <span className="tabular">{date_text(String(value))}</span>;
}
