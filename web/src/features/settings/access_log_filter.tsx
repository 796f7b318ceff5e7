// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { RecordSelect } from "../../records/fields/link/record_select";
import classes from "./access_log.module.css";
import { type AccessFilter, NO_FILTER } from "./access_log_query";
import { useAccessWords } from "./access_words";

interface Props {
  filter: AccessFilter;
  change: (filter: AccessFilter) => void;
}

export function AccessLogFilter({ filter, change }: Props) {
  const { t } = useLingui();
  const { word, actions } = useAccessWords();
  const set = (part: Partial<AccessFilter>) => change({ ...filter, ...part });
  const filtered = Object.values(filter).some(Boolean);
  const day = { clearable: true, valueFormat: "D. MMM YYYY", popoverProps: { withinPortal: true } };
  return (
    <section className={classes.filter} aria-label={t`Filter`}>
      <RecordSelect
        plural="persons"
        label={t`Person`}
        aria_label={t`Person`}
        placeholder={t`Anybody`}
        value={filter.person}
        on_change={(person) => set({ person })}
      />
      <RecordSelect
        plural="users"
        label={t`User`}
        aria_label={t`User`}
        placeholder={t`Everybody`}
        value={filter.user}
        on_change={(user) => set({ user })}
      />
      <Select
        label={t`Action`}
        placeholder={t`Every`}
        clearable
        data={actions.map((value) => ({ value, label: word(value) }))}
        value={filter.action || null}
        onChange={(action) => set({ action: action ?? "" })}
      />
      <DateInput
        {...day}
        label={t`From`}
        value={filter.from || null}
        onChange={(from) => set({ from: from ?? "" })}
      />
      <DateInput
        {...day}
        label={t`To`}
        value={filter.to || null}
        onChange={(to) => set({ to: to ?? "" })}
      />
      {filtered && (
        <Button variant="subtle" color="gray" onClick={() => change(NO_FILTER)}>
          {t`Clear`}
        </Button>
      )}
    </section>
  );
}
