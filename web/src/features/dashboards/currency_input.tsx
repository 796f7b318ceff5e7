// SPDX-License-Identifier: Apache-2.0
// In which currency the amounts of a tile are shown.
import { useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { TypeMeta } from "../../api/types";
import { measures_money } from "./builder_rules";
import type { Definition } from "./types";

interface Rates {
  base_currency: string;
  items: { currency: string; base: string }[];
}

interface Props {
  type: TypeMeta;
  draft: Definition;
  change: (part: Partial<Definition>) => void;
}

const BASE = "base";

// Those that some rate leads to, and the one that is chosen.
export function offered_currencies(rates: Rates | undefined, chosen: string | undefined): string[] {
  const codes = new Set((rates?.items ?? []).flatMap(({ currency, base }) => [currency, base]));
  if (chosen && /^[A-Z]{3}$/.test(chosen)) codes.add(chosen);
  codes.delete(rates?.base_currency ?? "");
  return [...codes].sort();
}

export function CurrencyInput({ type, draft, change }: Props) {
  const { t } = useLingui();
  const has_money = measures_money(type, draft);
  const rates = useQuery({
    queryKey: ["exchange_rates", "choose"],
    queryFn: () => api.get<Rates>("/exchange-rates"),
    staleTime: 300_000,
    enabled: has_money,
  }).data;
  if (!has_money && !draft.currency) return null;
  const base = rates?.base_currency ?? "";
  const own = draft.presentation === "number" && (draft.measures?.length ?? 0) < 2;
  return (
    <Select
      label={t`Currency`}
      description={t`A chosen currency has the rate of the day on which one looks.`}
      allowDeselect={false}
      value={draft.currency ?? BASE}
      data={[
        { value: BASE, label: t`The base currency, each amount at its day's rate` },
        ...(own ? [{ value: "own", label: t`The record's own, one figure for each` }] : []),
        ...offered_currencies(rates, draft.currency).map((code) => ({
          value: code,
          label: base ? t`${code}, converted from ${base}` : code,
        })),
      ]}
      onChange={(value) =>
        change({ currency: (value === BASE ? undefined : (value ?? undefined)) as never })
      }
    />
  );
}
