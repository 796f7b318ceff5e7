// SPDX-License-Identifier: Apache-2.0
// The companies and persons that stand behind the members, as a filter on their own list.
import type { TypeMeta } from "../../api/types";
import type { Dictionary } from "../../records/dictionary";
import { member_filter } from "./selection_queries";

export interface Behind {
  type: TypeMeta;
  filter: string;
}

export function types_behind(dictionary: Dictionary, members: TypeMeta, id: number): Behind[] {
  return ["company", "person"].flatMap((name) => {
    const type = dictionary.type(name);
    if (!type || name === members.name || !dictionary.can(name, "read")) return [];
    const inside = member_filter(id);
    // The other record points at the member (persons of a company) …
    const link = type.fields.find(
      (field) => field.kind === "link" && field.target === members.name,
    );
    if (link) return [{ type, filter: `${link.name}.${inside}` }];
    // … or the member points at it (companies of sales).
    const back = type.backlinks?.find((entry) => entry.type === members.name);
    return back ? [{ type, filter: `any(${back.name}: ${inside})` }] : [];
  });
}
