// SPDX-License-Identifier: Apache-2.0
import { Tag } from "../../../kit/marks";
import { useDictionary } from "../../dictionary";
import type { ViewProps } from "../field_parts";

export function View({ field, value, dense }: ViewProps) {
  const { item, text } = useDictionary();
  return (
    <span className={`row ${dense ? "" : "wrap"}`} style={{ gap: 4 }}>
      {(value as string[]).map((key) => {
        const entry = item(field.list, key);
        return (
          <Tag key={key} colour={entry?.colour}>
            {text(entry?.label, key)}
          </Tag>
        );
      })}
    </span>
  );
}
