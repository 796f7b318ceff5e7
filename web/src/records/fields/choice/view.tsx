// SPDX-License-Identifier: Apache-2.0
import { Tag } from "../../../kit/marks";
import { useDictionary } from "../../dictionary";
import type { ViewProps } from "../field_parts";

export function View({ field, value }: ViewProps) {
  const { item, text } = useDictionary();
  const key = String(value);
  const entry = item(field.list, key);
  if (!entry?.colour) return <span className="clip">{text(entry?.label, key)}</span>;
  return <Tag colour={entry.colour}>{text(entry.label, key)}</Tag>;
}
