// SPDX-License-Identifier: Apache-2.0
import { instant_text } from "../../../base/format";
import type { ViewProps } from "../field_parts";

export function View({ value }: ViewProps) {
  return <span className="tabular">{instant_text(String(value))}</span>;
}
