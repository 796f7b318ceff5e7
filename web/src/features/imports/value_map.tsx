// SPDX-License-Identifier: Apache-2.0
// The different values of a column, the unknown ones of a list first, and what stands for them.
import { useLingui } from "@lingui/react/macro";
import { Autocomplete } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { number_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import classes from "./imports.module.css";

const SHOWN = 50;

interface Props {
  import_id: number;
  field: string;
  choices: string[]; // of the field's list
  values: Record<string, string>;
  change: (values: Record<string, string>) => void;
  save: () => Promise<unknown>;
}

interface Found {
  values: { value: string; count: number; is_known: boolean }[];
  is_whole: boolean;
}

export function ValueMap({ import_id, field, choices, values, change, save }: Props) {
  const { t } = useLingui();
  // The server looks at what is saved: before this, the column may not be mapped yet.
  const [opened_at] = useState(Date.now);
  const found = useQuery({
    queryKey: ["import_values", import_id, field, opened_at],
    queryFn: async () => {
      await save();
      return api.get<Found>(`/imports/${import_id}/values`, { key: field });
    },
  });
  const all = found.data?.values ?? [];
  const shown = [...all].sort((a, b) => Number(a.is_known) - Number(b.is_known)).slice(0, SHOWN);
  const set = (value: string, to: string) => {
    const next = { ...values };
    if (to) next[value] = to;
    else delete next[value];
    change(next);
  };
  if (found.isPending) return <p className="dim small">{t`Looking through the file`}</p>;
  return (
    <div className={classes.values}>
      {shown.map(({ value, count, is_known }) => (
        <div key={value} className="row">
          <span className="grow clip">
            {value} <span className="dim small tabular">{number_text(count, 0)}</span>
          </span>
          {!is_known && <Tag colour="orange">{t`unknown`}</Tag>}
          <Autocomplete
            size="xs"
            aria-label={t`Instead of ${value}`}
            placeholder={t`stays`}
            data={choices}
            value={values[value] ?? ""}
            onChange={(to) => set(value, to)}
          />
        </div>
      ))}
      {(all.length > SHOWN || found.data?.is_whole === false) && (
        <p className="dim small">{t`There are more values; the commonest are shown.`}</p>
      )}
    </div>
  );
}
