// SPDX-License-Identifier: Apache-2.0
import type { Ref } from "../../../api/types";
import type { ViewProps } from "../field_parts";
import { View as LinkView } from "../link/view";

export function View({ field, value, dense }: ViewProps) {
  const refs = value as Ref[];
  if (dense) return <span className="clip">{refs.map((ref) => ref.name).join(", ")}</span>;
  return (
    <span className="stack" style={{ gap: 4 }}>
      {refs.map((ref) => (
        <LinkView key={ref.id} field={field} value={ref} />
      ))}
    </span>
  );
}
