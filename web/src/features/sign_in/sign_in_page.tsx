// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ApiError, api } from "../../api/client";
import { query_client } from "../../api/queries";
import { error_text } from "../../records/error_text";
import { Gate } from "./gate";
import classes from "./gate.module.css";
import { LanguageRow } from "./language_row";

export function SignInPage() {
  const { t, i18n } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { to?: string };
  const [email, set_email] = useState("");
  const [password, set_password] = useState("");
  const [totp, set_totp] = useState("");
  const [needs_totp, set_needs_totp] = useState(false);
  const setup = useQuery({
    queryKey: ["setup"],
    queryFn: () => api.get<{ needed: boolean }>("/setup"),
  });
  const sign_in = useMutation({
    mutationFn: () => api.post("/sign-in", { email, password, totp: totp || undefined }),
    onSuccess: async () => {
      query_client.clear();
      await navigate({ to: search.to?.startsWith("/") ? search.to : "/", replace: true });
    },
    onError: (error) => {
      if (error instanceof ApiError && error.code === "access/totp_required") set_needs_totp(true);
    },
  });
  const asks_first_time =
    sign_in.error instanceof ApiError && sign_in.error.code === "access/totp_required" && !totp;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sign_in.mutate();
  };
  return (
    <Gate
      title={needs_totp ? t`One more step` : t`Sign in`}
      text={
        needs_totp
          ? t`Enter the six digits from your authenticator app.`
          : t`Welcome back. Use the account that your administrator gave you.`
      }
    >
      <form className={classes.form} onSubmit={submit}>
        {needs_totp ? (
          <TextInput
            label={t`Code`}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={totp}
            onChange={(event) => set_totp(event.currentTarget.value)}
            autoFocus
            required
          />
        ) : (
          <>
            <TextInput
              label={t`E-mail`}
              type="email"
              autoComplete="username"
              value={email}
              onChange={(event) => set_email(event.currentTarget.value)}
              autoFocus
              required
              withAsterisk={false}
            />
            <PasswordInput
              label={t`Password`}
              autoComplete="current-password"
              value={password}
              onChange={(event) => set_password(event.currentTarget.value)}
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ "aria-label": t`Show password` }}
            />
          </>
        )}
        {sign_in.error && !asks_first_time && (
          <p className={classes.error} role="alert">
            {error_text(sign_in.error, (message) => i18n._(message))}
          </p>
        )}
        <Button type="submit" h={36} loading={sign_in.isPending} fullWidth>
          {t`Sign in`}
        </Button>
        {setup.data?.needed && (
          <p className={classes.hint}>
            {t`No user exists yet. Open the set-up link that the server printed when it started.`}
          </p>
        )}
      </form>
      <LanguageRow />
    </Gate>
  );
}
