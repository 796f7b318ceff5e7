// SPDX-License-Identifier: Apache-2.0
// How kinds, ways to combine and visibility are said.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { IconCirclesRelation, IconFilterCog, IconPinned } from "@tabler/icons-react";
import { number_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import { useTranslate } from "../../records/use_translate";
import type { Count, Operation, SelectionKind, Visibility } from "./selection_queries";

export const KINDS: Record<
  SelectionKind,
  { label: MessageDescriptor; text: MessageDescriptor; colour: string }
> = {
  dynamic: {
    label: msg`Dynamic`,
    text: msg`Whoever fits the criteria is in, now and later.`,
    colour: "teal",
  },
  static: { label: msg`Static`, text: msg`You add and remove by hand.`, colour: "blue" },
  combined: {
    label: msg`Combined`,
    text: msg`Two selections put together.`,
    colour: "purple",
  },
};

export const OPERATIONS: Record<Operation, MessageDescriptor> = {
  only_first: msg`Only in A`,
  only_second: msg`Only in B`,
  both: msg`In both`,
  either_not_both: msg`In either, but not both`,
  any: msg`In A or B`,
};

export const VISIBILITY: Record<Visibility, MessageDescriptor> = {
  me: msg`Only me`,
  groups: msg`Some groups`,
  everyone: msg`Everyone`,
};

export function KindIcon({ kind, size = 17 }: { kind: SelectionKind; size?: number }) {
  const Icon =
    kind === "dynamic" ? IconFilterCog : kind === "combined" ? IconCirclesRelation : IconPinned;
  return <Icon size={size} stroke={1.6} aria-hidden />;
}

export function KindTag({ kind }: { kind: SelectionKind }) {
  const translate = useTranslate();
  return <Tag colour={KINDS[kind].colour}>{translate(KINDS[kind].label)}</Tag>;
}

export function count_words(count: Count | null | undefined): string {
  if (!count) return "–";
  return number_text(count.value, 0) + (count.at_least ? "+" : "");
}
