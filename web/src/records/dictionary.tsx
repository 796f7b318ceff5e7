// SPDX-License-Identifier: Apache-2.0
// What the server says about record types, fields and lists, in the user's language.
import { useLingui } from "@lingui/react";
import { useSuspenseQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { me_query, meta_query } from "../api/queries";
import type { FieldMeta, Labels, ListItem, Me, Meta, TypeMeta, TypeRight } from "../api/types";
import { label_text } from "../base/i18n";

export interface Dictionary {
  meta: Meta;
  me: Me;
  language: string;
  type: (name: string) => TypeMeta | undefined;
  type_of_plural: (plural: string) => TypeMeta | undefined;
  field: (type: TypeMeta, path: string) => FieldMeta | undefined;
  item: (list: string | undefined, key: string) => ListItem | undefined;
  items: (list: string | undefined) => ListItem[];
  text: (labels: Labels | undefined, fallback?: string) => string;
  can: (type: string, right: TypeRight) => boolean;
  may: (right: string) => boolean;
}

const DictionaryContext = createContext<Dictionary | null>(null);

// The order in which people think of them; others follow by name.
const FIRST_TYPES = ["company", "person", "activity", "sale", "project", "document", "product"];
const NEVER_SHOWN = ["version"];

function place_of(name: string): number {
  const place = FIRST_TYPES.indexOf(name);
  return place < 0 ? FIRST_TYPES.length : place;
}

function ordered(meta: Meta): Meta {
  const types = meta.types
    .map((type) => ({
      ...type,
      fields: type.fields.filter((field) => !NEVER_SHOWN.includes(field.name)),
    }))
    .sort((left, right) => place_of(left.name) - place_of(right.name));
  return { ...meta, types };
}

export function make_dictionary(stored: Meta, me: Me, language: string): Dictionary {
  const meta = ordered(stored);
  const types = new Map(meta.types.map((type) => [type.name, type]));
  const plurals = new Map(meta.types.map((type) => [type.plural, type]));
  const fields = new Map(
    meta.types.map((type) => [type.name, new Map(type.fields.map((field) => [field.name, field]))]),
  );
  const items = new Map(
    Object.entries(meta.lists).map(([list, entries]) => [
      list,
      new Map(entries.map((entry) => [entry.key, entry])),
    ]),
  );
  const find_field = (type: TypeMeta, path: string): FieldMeta | undefined => {
    const [head = "", ...rest] = path.split(".");
    const field = fields.get(type.name)?.get(head);
    if (!rest.length || !field) return field;
    const target = types.get(field.target ?? field.kind);
    return target && find_field(target, rest.join("."));
  };
  return {
    meta,
    me,
    language,
    type: (name) => types.get(name),
    type_of_plural: (plural) => plurals.get(plural),
    field: find_field,
    item: (list, key) => items.get(list ?? "")?.get(key),
    items: (list) => meta.lists[list ?? ""] ?? [],
    text: (labels, fallback) => label_text(labels, language, fallback),
    can: (type, right) => {
      if (right === "create" && types.get(type)?.retired) return false;
      return (me.types[type] ?? me.types["*"])?.[right] ?? false;
    },
    may: (right) => me.functions.includes(right),
  };
}

export function DictionaryProvider({ children }: { children: ReactNode }) {
  const { data: meta } = useSuspenseQuery(meta_query);
  const { data: me } = useSuspenseQuery(me_query);
  const { i18n } = useLingui();
  const value = useMemo(() => make_dictionary(meta, me, i18n.locale), [meta, me, i18n.locale]);
  return <DictionaryContext value={value}>{children}</DictionaryContext>;
}

export function useDictionary(): Dictionary {
  const value = useContext(DictionaryContext);
  if (!value) throw new Error("used outside of DictionaryProvider");
  return value;
}
