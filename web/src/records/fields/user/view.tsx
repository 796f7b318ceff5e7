// SPDX-License-Identifier: Apache-2.0
import type { Ref } from "../../../api/types";
import { Initials } from "../../../kit/marks";
import type { ViewProps } from "../field_parts";

export function View({ value }: ViewProps) {
  const ref = value as Ref;
  return (
    <span className="row clip" style={{ gap: 6 }}>
      <Initials name={ref.name} size={18} />
      <span className="clip">{ref.name}</span>
    </span>
  );
}
