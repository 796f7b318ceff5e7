// SPDX-License-Identifier: Apache-2.0
import type { ViewProps } from "../field_parts";

export function View({ value }: ViewProps) {
  return <span className="clip">{String(value)}</span>;
}
