// SPDX-License-Identifier: Apache-2.0
// The layout that the viewer gets, and what its rules keep off the page of a record.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../api/client";
import type { Row, TypeMeta } from "../../api/types";
import { fill_layout, has_rules, type PageLayout, standard_layout } from "./layout_parts";
import { rule_holds } from "./rule_holds";

interface OwnLayout {
  type: string;
  role: number;
  version: number;
  layout: PageLayout;
}

// Keys begin with "layouts", so that an event makes all of them stale.
export const page_layouts_query = queryOptions({
  queryKey: ["layouts", "mine"],
  queryFn: () => api.get<{ items: OwnLayout[] }>("/layouts"),
  staleTime: 300_000,
  // Kept for the dialog that makes a record, which asks where no page did.
  gcTime: Number.POSITIVE_INFINITY,
  // Without an answer pages are as they come with the program.
  retry: false,
});

export interface Unshown {
  sections: string[];
  fields: string[];
}

const unshown_query = (type: TypeMeta, record: Row) =>
  queryOptions({
    queryKey: ["layouts", "unshown", type.name, record.id, record.version],
    queryFn: () => api.get<Unshown>(`/layouts/${type.name}/records/${record.id}`),
    staleTime: 60_000,
    retry: false,
  });

// undefined: not known yet.
export function usePageLayout(type: TypeMeta): PageLayout | undefined {
  const answer = useQuery(page_layouts_query);
  const own = answer.data?.items.find((one) => one.type === type.name)?.layout;
  return useMemo(() => {
    if (answer.isPending) return undefined;
    return own ? fill_layout(own, type, false) : fill_layout(standard_layout(type), type, true);
  }, [answer.isPending, own, type]);
}

// What can be said of it without the server.
export function guess_unshown(
  layout: PageLayout,
  values: Record<string, unknown>,
  masked: string[] = [],
): Unshown {
  const is_off = (rule: string) => rule_holds(rule, values, masked) === false;
  return {
    sections: layout.sections.flatMap((one) => (is_off(one.shown_if) ? [one.key] : [])),
    fields: layout.sections.flatMap((section) =>
      section.fields.flatMap((field) => (is_off(field.shown_if) ? [field.name] : [])),
    ),
  };
}

export function useUnshown(type: TypeMeta, record: Row, layout: PageLayout | undefined): Unshown {
  const ruled = !!layout && has_rules(layout);
  const answer = useQuery({ ...unshown_query(type, record), enabled: ruled });
  return useMemo(() => {
    if (!layout || !ruled) return { sections: [], fields: [] };
    return answer.data ?? guess_unshown(layout, record, record.masked);
  }, [layout, ruled, answer.data, record]);
}
