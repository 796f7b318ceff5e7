// SPDX-License-Identifier: Apache-2.0
// Where a password link leads: choose a password, then sign in with it.
import { useLingui } from "@lingui/react/macro";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { field_errors } from "../../records/error_text";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { Gate } from "./gate";
import classes from "./gate.module.css";
import { LanguageRow } from "./language_row";

const PASSWORD_MIN = 12;

export function PasswordPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const translate = useTranslate();
  const error_text = useErrorText();
  const [password, set_password] = useState("");
  const token = location.hash.slice(1);
  const save = useMutation({
    mutationFn: () => api.post("/password-link/redemption", { token, password }),
    onSuccess: () => navigate({ to: "/", replace: true }),
  });
  const errors = field_errors(save.error, translate);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Gate
      title={t`Choose a password`}
      text={t`The link works once. After this you sign in with your e-mail.`}
    >
      <form className={classes.form} onSubmit={submit}>
        <PasswordInput
          label={t`New password`}
          description={t`At least ${PASSWORD_MIN} characters. A sentence is easy to remember.`}
          autoComplete="new-password"
          minLength={PASSWORD_MIN}
          value={password}
          onChange={(event) => set_password(event.currentTarget.value)}
          error={errors.password}
          required
          withAsterisk={false}
          autoFocus
        />
        {save.error && (
          <p className={classes.error} role="alert">
            {error_text(save.error)}
          </p>
        )}
        <Button type="submit" h={36} loading={save.isPending} fullWidth>
          {t`Save`}
        </Button>
      </form>
      <LanguageRow />
    </Gate>
  );
}
