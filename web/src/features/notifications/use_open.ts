// SPDX-License-Identifier: Apache-2.0
import { useNavigate } from "@tanstack/react-router";
import { place_of } from "./place";
import { useMark } from "./queries";
import type { Told } from "./types";

// Goes where it leads, and then it has been read.
export function useOpen(after?: () => void) {
  const navigate = useNavigate();
  const mark = useMark();
  return (told: Told) => {
    if (!told.read_at) mark.mutate({ id: told.id, read: true });
    const place = place_of(told);
    if (!place) return;
    after?.();
    void navigate({ to: place.to as string, search: (place.search ?? {}) as never });
  };
}
