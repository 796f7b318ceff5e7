// SPDX-License-Identifier: Apache-2.0
import type { ViewProps } from "../field_parts";

export function View({ value, dense }: ViewProps) {
  if (dense) return <span className="clip">{String(value)}</span>;
  return (
    <a className="clip" href={`mailto:${String(value)}`}>
      {String(value)}
    </a>
  );
}
