// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, PasswordInput, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { error_text, field_errors } from "../../records/error_text";
import { useTranslate } from "../../records/use_translate";
import { Gate } from "./gate";
import classes from "./gate.module.css";
import { LanguageRow } from "./language_row";

const PASSWORD_MIN = 12;
// Nobody is signed in yet, so the administrators' list cannot be asked.
const CURRENCIES = ["DKK", "EUR", "SEK", "NOK", "USD", "GBP", "CHF", "PLN", "ISK"];

export function SetupPage() {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const [form, set_form] = useState({
    name: "",
    email: "",
    password: "",
    company_name: "",
    currency: "DKK",
  });
  // The token stays behind the # so that no server log ever holds it.
  const [token, set_token] = useState(() => location.hash.slice(1));
  const needs_token = location.hash.length <= 1;
  const save = useMutation({
    mutationFn: async () => {
      const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      await api.post("/setup", { ...form, token, language: i18n.locale, time_zone });
      await api.post("/sign-in", { email: form.email, password: form.password });
    },
    onSuccess: () => {
      query_client.clear();
      return navigate({ to: "/", replace: true });
    },
  });
  const translate = useTranslate();
  const errors = field_errors(save.error, translate);
  const set = (name: keyof typeof form) => (event: { currentTarget: { value: string } }) => {
    const { value } = event.currentTarget;
    set_form((old) => ({ ...old, [name]: value }));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Gate
      title={t`Set up Fokus`}
      text={t`Create the first administrator. You can add the others when you are inside.`}
    >
      <form className={classes.form} onSubmit={submit}>
        {needs_token && (
          <TextInput
            label={t`Set-up code`}
            description={t`The last part of the link that the server printed.`}
            value={token}
            onChange={(event) => set_token(event.currentTarget.value)}
            error={errors.token}
            required
          />
        )}
        <TextInput
          label={t`Name`}
          autoComplete="name"
          value={form.name}
          onChange={set("name")}
          error={errors.name}
          required
          withAsterisk={false}
          autoFocus
        />
        <TextInput
          label={t`E-mail`}
          type="email"
          autoComplete="username"
          value={form.email}
          onChange={set("email")}
          error={errors.email}
          required
          withAsterisk={false}
        />
        <PasswordInput
          label={t`Password`}
          description={t`At least ${PASSWORD_MIN} characters. A sentence is easy to remember.`}
          autoComplete="new-password"
          minLength={PASSWORD_MIN}
          value={form.password}
          onChange={set("password")}
          error={errors.password}
          required
          withAsterisk={false}
        />
        <TextInput
          label={t`Company`}
          autoComplete="organization"
          value={form.company_name}
          onChange={set("company_name")}
          error={errors.company_name}
        />
        <Select
          label={t`Base currency`}
          description={t`Amounts are added up in it. It can be changed later.`}
          data={CURRENCIES}
          searchable
          allowDeselect={false}
          value={form.currency}
          error={errors.base_currency}
          onChange={(currency) => set_form((old) => ({ ...old, currency: currency ?? "DKK" }))}
        />
        {save.error && (
          <p className={classes.error} role="alert">
            {error_text(save.error, translate)}
          </p>
        )}
        <Button type="submit" h={36} loading={save.isPending} fullWidth>
          {t`Create and sign in`}
        </Button>
      </form>
      <LanguageRow />
    </Gate>
  );
}
