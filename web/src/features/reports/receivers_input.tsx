// SPDX-License-Identifier: Apache-2.0
// Which users get it. Those who are chosen keep their names while others are searched for.
import { useLingui } from "@lingui/react/macro";
import { MultiSelect } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { users_query } from "./queries";

const PAUSE_MS = 200;

export interface Named {
  id: number;
  name: string;
}

interface Props {
  value: number[];
  known: Named[];
  change: (value: number[]) => void;
}

export function ReceiversInput({ value, known, change }: Props) {
  const { t } = useLingui();
  const [words, set_words] = useState("");
  const [asked] = useDebouncedValue(words, PAUSE_MS);
  const [seen, set_seen] = useState<Named[]>(known);
  const users = useQuery(users_query(asked));
  const found = (users.data?.items ?? []).map((row) => ({ id: row.id, name: String(row.name) }));
  const names = new Map([...seen, ...found].map((one) => [one.id, one.name]));
  return (
    <MultiSelect
      label={t`Receivers`}
      description={t`Each gets the numbers that their own rights let them see.`}
      searchable
      required
      value={value.map(String)}
      searchValue={words}
      onSearchChange={set_words}
      nothingFoundMessage={t`Nobody found`}
      data={[...names].map(([id, name]) => ({ value: String(id), label: name }))}
      onChange={(chosen) => {
        const ids = chosen.map(Number);
        set_seen(ids.map((id) => ({ id, name: names.get(id) ?? `#${id}` })));
        change(ids);
      }}
    />
  );
}
