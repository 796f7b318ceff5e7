// SPDX-License-Identifier: Apache-2.0
import { language_text } from "../../../base/format";
import type { ViewProps } from "../field_parts";

export function View({ value }: ViewProps) {
  return <span className="clip">{language_text(String(value))}</span>;
}
