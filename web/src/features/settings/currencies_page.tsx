// SPDX-License-Identifier: Apache-2.0
// The base currency, exchange rates by day, and amounts that must be computed anew.
import { useLingui } from "@lingui/react/macro";
import { Button, NumberInput, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { query_client, rates_query, settings_query } from "../../api/queries";
import type { ExchangeRate } from "../../api/types";
import { date_text, number_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import { field_errors } from "../../records/error_text";
import { FieldInput } from "../../records/fields/field";
import { currency_codes } from "../../records/fields/money/codes";
import { useTranslate } from "../../records/use_translate";
import { BaseAmountsCard } from "./base_amounts_card";
import { SettingsChanges } from "./setting_changes";
import classes from "./settings.module.css";
import { Loaded, SaveError, SettingsHead } from "./settings_parts";

const RATE_SCALE = 8;

function refresh() {
  for (const key of ["meta", "settings", "settings_history", "exchange_rates", "base_amounts"])
    void query_client.invalidateQueries({ queryKey: [key] });
}

export function CurrenciesPage() {
  const { t } = useLingui();
  const rates = useQuery(rates_query);
  return (
    <div className={classes.inner}>
      <SettingsHead
        title={t`Currencies`}
        text={t`Sums are in the base currency, at the rate of the day.`}
      />
      <BaseCurrency />
      <BaseAmountsCard />
      <RateForm />
      <Loaded query={rates}>{({ items }) => <RateTable items={items} />}</Loaded>
      <SettingsChanges rates />
    </div>
  );
}

function BaseCurrency() {
  const { t } = useLingui();
  const { meta, text, item } = useDictionary();
  const [chosen, set_chosen] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: () => api.patch("/settings", { base_currency: chosen }),
    onSuccess: () => {
      set_chosen(null);
      void query_client.invalidateQueries({ queryKey: settings_query.queryKey });
      refresh();
    },
  });
  const name = (code: string) => `${code} · ${text(item("currency", code)?.label, code)}`;
  return (
    <section className={`card ${classes.block}`}>
      <div className="row" style={{ alignItems: "flex-end" }}>
        <Select
          className="grow"
          label={t`Base currency`}
          searchable
          allowDeselect={false}
          data={currency_codes(meta).map((code) => ({ value: code, label: name(code) }))}
          value={chosen ?? meta.base_currency}
          onChange={set_chosen}
        />
        <Button
          h={36}
          disabled={!chosen || chosen === meta.base_currency}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t`Save`}
        </Button>
      </div>
      <SaveError error={save.error} />
    </section>
  );
}

function RateForm() {
  const { t } = useLingui();
  const { meta } = useDictionary();
  const translate = useTranslate();
  const codes = currency_codes(meta).filter((code) => code !== meta.base_currency);
  const [currency, set_currency] = useState<string | null>(null);
  const [day, set_day] = useState(() => new Date().toISOString().slice(0, 10));
  const [rate, set_rate] = useState<string | number>("");
  const save = useMutation({
    mutationFn: () =>
      api.post("/exchange-rates", { currency, valid_from: day, rate: String(rate) }),
    onSuccess: () => {
      set_rate("");
      refresh();
    },
  });
  const errors = field_errors(save.error, translate);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={`card ${classes.block}`} onSubmit={submit}>
      <h3>{t`Enter a rate`}</h3>
      <div className="row" style={{ alignItems: "flex-end", flexWrap: "wrap" }}>
        <Select
          label={t`Currency`}
          w={110}
          searchable
          data={codes}
          value={currency}
          error={errors.currency}
          onChange={set_currency}
        />
        <NumberInput
          label={t`${meta.base_currency} for one`}
          w={150}
          decimalScale={RATE_SCALE}
          min={0}
          value={rate}
          error={errors.rate}
          onChange={set_rate}
        />
        <FieldInput
          field={{ name: "valid_from", kind: "date", label: {} }}
          label={t`From the day`}
          value={day || null}
          error={errors.valid_from}
          on_change={(next) => set_day(String(next ?? ""))}
        />
        <Button type="submit" h={36} loading={save.isPending} disabled={!currency || rate === ""}>
          {t`Save`}
        </Button>
      </div>
      <SaveError error={save.error} />
    </form>
  );
}

function RateTable({ items }: { items: ExchangeRate[] }) {
  const { t } = useLingui();
  const remove = useMutation({
    mutationFn: (id: number) => api.remove(`/exchange-rates/${id}`),
    onSettled: refresh,
  });
  if (!items.length)
    return <p className="small faint" style={{ marginBottom: 18 }}>{t`No rates yet`}</p>;
  return (
    <div className="card table_scroll" style={{ marginBottom: 18 }}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t`Currency`}</th>
            <th scope="col">{t`Rate`}</th>
            <th scope="col">{t`From the day`}</th>
            <th scope="col">
              <span className="visually_hidden">{t`Actions`}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((rate) => (
            <tr key={rate.id}>
              <td>{`${rate.currency} → ${rate.base}`}</td>
              <td className="tabular">{number_text(Number(rate.rate), RATE_SCALE)}</td>
              <td className="dim">{date_text(rate.valid_from)}</td>
              <td align="right">
                <Button variant="subtle" color="gray" onClick={() => remove.mutate(rate.id)}>
                  {t`Remove`}
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
