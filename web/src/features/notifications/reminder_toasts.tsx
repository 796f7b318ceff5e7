// SPDX-License-Identifier: Apache-2.0
// Reminders that arrive while the program is open pop up.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { toast_open } from "../../kit/toast";
import { newest_query } from "./queries";
import type { Told } from "./types";
import { useOpen } from "./use_open";
import { useSentence } from "./words";

const POPS_UP = ["reminder", "task_due"];

// The newest one that was there before; nothing that is older pops up.
export function arrived(items: Told[], seen: number): Told[] {
  return items.filter((one) => one.id > seen && POPS_UP.includes(one.kind)).reverse();
}

export default function ReminderToasts() {
  const { t } = useLingui();
  const { data } = useQuery(newest_query);
  const seen = useRef<number | null>(null);
  const sentence = useSentence();
  const open = useOpen();
  useEffect(() => {
    if (!data) return;
    const newest = Math.max(seen.current ?? 0, ...data.items.map((one) => one.id));
    if (seen.current !== null)
      for (const told of arrived(data.items, seen.current))
        toast_open(sentence(told), t`Open`, () => open(told));
    seen.current = newest;
  }, [data, sentence, open, t]);
  return null;
}
