// SPDX-License-Identifier: Apache-2.0
// What holds for the whole installation.
import { useLingui } from "@lingui/react/macro";
import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { query_client, settings_query } from "../../api/queries";
import type { Installation, SettingsAnswer } from "../../api/types";
import { LANGUAGES } from "../../base/i18n";
import { toast } from "../../kit/toast";
import { field_errors } from "../../records/error_text";
import { useTranslate } from "../../records/use_translate";
import { SettingsChanges } from "./setting_changes";
import classes from "./settings.module.css";
import { Loaded, SaveError, SettingsHead } from "./settings_parts";

const BIN_DAYS_MAX = 3650;
const MERGE_UNDO_DAYS_MAX = 365;
// 2024 began with a Monday.
const SOME_MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

export function GeneralPage() {
  const { t } = useLingui();
  const settings = useQuery(settings_query);
  return (
    <div className={classes.inner}>
      <SettingsHead
        title={t`Installation`}
        text={t`What holds for everyone who works here. Changes count at once.`}
      />
      <Loaded query={settings}>{(answer) => <SettingsForm answer={answer} />}</Loaded>
      <SettingsChanges />
    </div>
  );
}

// Names of weekdays and months as the language has them.
function useCalendarNames() {
  const { i18n } = useLingui();
  const name = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(i18n.locale, { ...options, timeZone: "UTC" }).format(at);
  return {
    days: Array.from({ length: 7 }, (_, day) => ({
      value: String(day + 1),
      label: name(SOME_MONDAY + day * DAY_MS, { weekday: "long" }),
    })),
    months: Array.from({ length: 12 }, (_, month) => ({
      value: String(month + 1),
      label: name(Date.UTC(2024, month, 15), { month: "long" }),
    })),
  };
}

function SettingsForm({ answer }: { answer: SettingsAnswer }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const { days, months } = useCalendarNames();
  const stored = Object.fromEntries(
    answer.items.map((item) => [item.key, item.value]),
  ) as unknown as Installation;
  const [changes, set_changes] = useState<Partial<Installation>>({});
  const form = { ...stored, ...changes };
  const set = (values: Partial<Installation>) => set_changes((old) => ({ ...old, ...values }));
  const save = useMutation({
    mutationFn: () => api.patch<SettingsAnswer>("/settings", changes),
    onSuccess: (next) => {
      query_client.setQueryData(settings_query.queryKey, next);
      set_changes({});
      void query_client.invalidateQueries({ queryKey: ["meta"] });
      void query_client.invalidateQueries({ queryKey: ["settings_history"] });
      toast(t`Saved`);
    },
  });
  const errors = field_errors(save.error, translate);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={`card ${classes.block} stack`} onSubmit={submit}>
      <TextInput
        label={t`Company`}
        maxLength={120}
        value={form.company_name}
        error={errors.company_name}
        onChange={(event) => set({ company_name: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        <Select
          label={t`Language`}
          description={t`For users who chose none`}
          allowDeselect={false}
          data={LANGUAGES.map((language) => ({ value: language.code, label: language.name }))}
          value={form.default_language}
          onChange={(value) => value && set({ default_language: value })}
        />
        <Select
          label={t`Time zone`}
          description={t`For users who chose none`}
          searchable
          allowDeselect={false}
          data={[...new Set([form.default_time_zone, ...Intl.supportedValuesOf("timeZone")])]}
          value={form.default_time_zone}
          error={errors.default_time_zone}
          onChange={(value) => value && set({ default_time_zone: value })}
        />
        <Select
          label={t`First day of the week`}
          allowDeselect={false}
          data={days}
          value={String(form.first_day_of_week)}
          onChange={(value) => set({ first_day_of_week: Number(value) })}
        />
        <Select
          label={t`The fiscal year begins in`}
          allowDeselect={false}
          data={months}
          value={String(form.fiscal_year_start_month)}
          onChange={(value) => set({ fiscal_year_start_month: Number(value) })}
        />
        <NumberInput
          label={t`Days in the bin`}
          description={t`Then archived records are removed for good`}
          min={1}
          max={BIN_DAYS_MAX}
          allowDecimal={false}
          value={form.bin_days}
          error={errors.bin_days}
          onChange={(value) => set({ bin_days: Number(value) })}
        />
        <NumberInput
          label={t`Days to undo a merge`}
          description={t`Then what it needs for that is erased`}
          min={1}
          max={MERGE_UNDO_DAYS_MAX}
          allowDecimal={false}
          value={form.merge_undo_days}
          error={errors.merge_undo_days}
          onChange={(value) => set({ merge_undo_days: Number(value) })}
        />
      </div>
      <SaveError error={save.error} />
      <div className="row" style={{ justifyContent: "flex-end" }}>
        <Button type="submit" loading={save.isPending} disabled={!Object.keys(changes).length}>
          {t`Save`}
        </Button>
      </div>
    </form>
  );
}
