// SPDX-License-Identifier: Apache-2.0
// What the viewer has chosen for the whole page; it lives in the address.
import { useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl, Select } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { api } from "../../api/client";
import type { Page, Row } from "../../api/types";
import { country_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import { country_codes } from "../../records/fields/country/codes";
import { useTranslate } from "../../records/use_translate";
import classes from "./dashboards.module.css";
import type { PageFilters } from "./types";
import { TILE_PERIODS } from "./words";

function useNames(plural: string, readable: boolean) {
  return useQuery({
    queryKey: ["list", plural, "choose"],
    queryFn: () => api.get<Page<Row>>(`/${plural}`, { limit: 200, sort: "name", fields: "name" }),
    staleTime: 300_000,
    enabled: readable,
  });
}

export default function QuickFilters({ filters }: { filters: PageFilters }) {
  const { t } = useLingui();
  const phone = useMediaQuery("(max-width: 700px)");
  const [open, set_open] = useState(false);
  const count = Object.values(filters).filter(Boolean).length;
  if (phone && !open) {
    return (
      <div className={classes.filters}>
        <Button
          variant="subtle"
          color="gray"
          h={30}
          leftSection={<IconAdjustmentsHorizontal size={16} />}
          onClick={() => set_open(true)}
        >
          {count ? t`Filters (${count})` : t`Filters`}
        </Button>
      </div>
    );
  }
  return <FilterRow filters={filters} count={count} />;
}

function FilterRow({ filters, count }: { filters: PageFilters; count: number }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const navigate = useNavigate();
  const { can, language } = useDictionary();
  const users = useNames("users", can("user", "read"));
  const groups = useNames("groups", can("group", "read"));
  const countries = useMemo(
    () =>
      country_codes()
        .map((code) => ({ value: code, label: country_text(code) }))
        .sort((left, right) => left.label.localeCompare(right.label, language)),
    [language],
  );
  const set = (part: PageFilters) => {
    const next = Object.fromEntries(
      Object.entries({ ...filters, ...part }).filter(([, value]) => value),
    );
    void navigate({ to: ".", search: next as never, replace: true });
  };
  const names = (rows: Page<Row> | undefined) =>
    (rows?.items ?? []).map((row) => ({ value: String(row.id), label: String(row.name) }));
  return (
    <fieldset className={classes.filters} aria-label={t`Filters for the whole page`}>
      <SegmentedControl
        size="xs"
        aria-label={t`Whose`}
        value={filters.scope ?? "all"}
        onChange={(scope) => set({ scope: scope === "all" ? "" : scope })}
        data={[
          { value: "mine", label: t`Mine` },
          { value: "my_group", label: t`My group` },
          { value: "all", label: t`All` },
        ]}
      />
      <Choice
        label={t`Period`}
        value={filters.period}
        data={TILE_PERIODS.map((one) => ({ value: one.value, label: translate(one.label) }))}
        change={(period) => set({ period })}
      />
      <Choice
        label={t`Owner`}
        value={filters.owner}
        data={[{ value: "me", label: t`Me` }, ...names(users.data)]}
        change={(owner) => set({ owner })}
      />
      <Choice
        label={t`Group`}
        value={filters.group}
        data={[{ value: "my_group", label: t`My primary group` }, ...names(groups.data)]}
        change={(group) => set({ group })}
      />
      <Choice
        label={t`Country`}
        value={filters.country}
        data={countries}
        change={(country) => set({ country })}
      />
      {count > 0 && (
        <Button
          variant="subtle"
          color="gray"
          h={28}
          px={8}
          onClick={() => void navigate({ to: ".", search: {} as never, replace: true })}
        >
          {t`Clear`}
        </Button>
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  label: string;
  value: string | undefined;
  data: { value: string; label: string }[];
  change: (value: string) => void;
}

function Choice({ label, value, data, change }: ChoiceProps) {
  return (
    <Select
      size="xs"
      className={classes.filter}
      data-set={value ? true : undefined}
      aria-label={label}
      placeholder={label}
      searchable
      clearable
      value={value ?? null}
      data={data}
      onChange={(next) => change(next ?? "")}
      comboboxProps={{ width: 220, position: "bottom-start" }}
    />
  );
}
