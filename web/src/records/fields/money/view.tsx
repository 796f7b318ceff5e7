// SPDX-License-Identifier: Apache-2.0
import type { Money } from "../../../api/types";
import { money_text } from "../../../base/format";
import type { ViewProps } from "../field_parts";

export function View({ value }: ViewProps) {
  return <span className="tabular">{money_text(value as Money)}</span>;
}
