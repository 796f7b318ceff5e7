// SPDX-License-Identifier: Apache-2.0
// Conditions on where a value came from: source(address), and on the duty to tell a person.
import { useLingui } from "@lingui/react/macro";
import type { FieldKind, FieldMeta, TypeMeta } from "../../api/types";
import { useDictionary } from "../dictionary";
import { path_label } from "../list/list_columns";

const KINDS: Record<string, FieldKind> = {
  source: "choice",
  source_name: "text",
  batch: "integer",
  obtained_at: "date",
};
export const NOTICES = ["state", "due_on", "since"];

export interface OriginPath {
  about: string;
  field: string;
}

export function origin_of(path: string): OriginPath | null {
  const match = /^(source|source_name|batch|obtained_at|notice)\(([\w.]+)\)$/.exec(path);
  return match && { about: match[1]!, field: match[2]! };
}

// What such a condition compares, as if it were a field.
export function told_field(path: string): FieldMeta | undefined {
  const origin = origin_of(path);
  if (!origin) return undefined;
  const kind = KINDS[origin.about] ?? (origin.field.endsWith("state") ? "choice" : "date");
  return { name: path, kind, label: {} };
}

export function useOriginLabel(type: TypeMeta): (path: string) => string | undefined {
  const { t } = useLingui();
  const dictionary = useDictionary();
  return (path) => {
    const origin = origin_of(path);
    if (!origin) return undefined;
    if (origin.about === "notice") {
      if (origin.field.endsWith("due_on")) return t`Must be told by`;
      return origin.field.endsWith("since") ? t`Obtained from elsewhere` : t`Duty to inform`;
    }
    const label = origin.field.endsWith("contact_points")
      ? t`Contact points`
      : path_label(dictionary, type, origin.field);
    if (origin.about === "source") return t`Source of ${label}`;
    if (origin.about === "source_name") return t`Name of the source of ${label}`;
    return origin.about === "batch" ? t`Change set of ${label}` : t`Day of obtaining ${label}`;
  };
}
