// SPDX-License-Identifier: Apache-2.0
import { number_text } from "../../../base/format";
import type { ViewProps } from "../field_parts";

export function View({ value }: ViewProps) {
  return <span className="tabular">{number_text(Number(value), 0)}</span>;
}
