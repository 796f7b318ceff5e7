// SPDX-License-Identifier: Apache-2.0
// Only the members of a selection: the tile follows it, or takes its criteria over once.
import { useLingui } from "@lingui/react/macro";
import { Select, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { Page, TypeMeta } from "../../api/types";
import own from "./builder.module.css";
import type { Definition } from "./types";

const OFFERED_MAX = 200;

interface Named {
  id: number;
  name: string;
  kind: string;
}

interface Props {
  type: TypeMeta;
  draft: Definition;
  change: (part: Partial<Definition>) => void;
}

export function useSelections(type: TypeMeta): Named[] {
  const selections = useQuery({
    queryKey: ["selections", "choose", type.name],
    queryFn: () => api.get<Page<Named>>("/selections", { type: type.plural, limit: OFFERED_MAX }),
    staleTime: 60_000,
  });
  return selections.data?.items ?? [];
}

export function SelectionInput({ type, draft, change }: Props) {
  const { t } = useLingui();
  const items = useSelections(type);
  const { selection } = draft;
  const id = typeof selection === "object" ? selection.id : selection;
  const is_copied = typeof selection === "object" && selection.copy;
  if (!items.length && id === undefined) return null;
  const chosen = items.find((one) => one.id === id);
  // The members of a static one are not criteria.
  const can_copy = !!chosen && chosen.kind !== "static";
  const set = (next: string | null, copy: boolean) =>
    change({
      selection: (next ? (copy ? { id: Number(next), copy } : Number(next)) : undefined) as never,
    });
  return (
    <div className={own.pair}>
      <Select
        label={t`Only members of the selection`}
        clearable
        searchable
        data={items.map((one) => ({ value: String(one.id), label: one.name }))}
        value={id === undefined ? null : String(id)}
        onChange={(next) => set(next, false)}
      />
      <Switch
        className={own.others_switch}
        label={t`Take its criteria over once`}
        checked={is_copied}
        disabled={!can_copy}
        onChange={(event) => set(String(id), event.currentTarget.checked)}
      />
    </div>
  );
}
