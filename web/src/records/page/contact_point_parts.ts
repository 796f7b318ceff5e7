// SPDX-License-Identifier: Apache-2.0
import type { ContactPoint, FieldKind } from "../../api/types";

export type PointKind = ContactPoint["kind"];

export const ADDRESS_LABELS = "address_label";

// A contact point shows and edits its value as a field of the same kind does.
export const as_field = (kind: PointKind, name: string) => ({
  name,
  kind: kind as FieldKind,
  label: {},
});
