// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, Suspense, useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { UserSession } from "../../api/types";
import { ago_text } from "../../base/format";
import { Initials } from "../../kit/marks";
import { toast, toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { field_errors } from "../../records/error_text";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { ApiKeys } from "./api_keys";
import { profile_parts } from "./profile_parts";
import classes from "./settings.module.css";
import { Loaded, SaveError, SettingsHead } from "./settings_parts";

export function ProfilePage() {
  const { t } = useLingui();
  const { me } = useDictionary();
  const groups = [me.primary_group, ...(me.groups ?? [])].flatMap((group) =>
    group ? [group.name] : [],
  );
  return (
    <div className={classes.inner}>
      <SettingsHead
        title={t`Profile and security`}
        text={t`Theme, density and language are in the menu under your name.`}
      />
      <section className={`card ${classes.block} row`} style={{ gap: 14 }}>
        <Initials name={me.name} size={44} />
        <div className="grow">
          <p style={{ fontWeight: 600 }}>{me.name}</p>
          <p className="dim">{me.email}</p>
          <p className="dim small">
            {[...new Set(groups)].join(", ")}
            {me.roles?.length ? ` · ${me.roles.map((role) => role.name).join(", ")}` : ""}
          </p>
        </div>
      </section>
      <PasswordBlock />
      <TotpBlock />
      <SessionsBlock />
      <ApiKeys />
      <Suspense>
        {profile_parts().map((Part, place) => (
          <Part key={place} />
        ))}
      </Suspense>
    </div>
  );
}

function PasswordBlock() {
  const { t } = useLingui();
  const translate = useTranslate();
  const [current, set_current] = useState("");
  const [next, set_next] = useState("");
  const save = useMutation({
    mutationFn: () => api.put("/me/password", { old_password: current, password: next }),
    onSuccess: () => {
      set_current("");
      set_next("");
      toast(t`The password is changed. Other sessions are signed out.`);
    },
  });
  const errors = field_errors(save.error, translate);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className={`card ${classes.block}`} onSubmit={submit}>
      <h3>{t`Password`}</h3>
      <div className={classes.pair}>
        <PasswordInput
          label={t`Present password`}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          error={errors.old_password}
          onChange={(event) => set_current(event.currentTarget.value)}
        />
        <PasswordInput
          label={t`New password`}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={12}
          value={next}
          error={errors.password}
          onChange={(event) => set_next(event.currentTarget.value)}
        />
      </div>
      <SaveError error={save.error} />
      <Button type="submit" mt={14} variant="default" loading={save.isPending}>
        {t`Change password`}
      </Button>
    </form>
  );
}

interface TotpOffer {
  secret: string;
  url?: string;
  uri?: string;
}

function TotpBlock() {
  const { t } = useLingui();
  const { me } = useDictionary();
  const [code, set_code] = useState("");
  const [password, set_password] = useState("");
  const again = () => void query_client.invalidateQueries({ queryKey: ["me"] });
  const offer = useMutation({ mutationFn: () => api.post<TotpOffer>("/me/totp") });
  const confirm = useMutation({
    mutationFn: () => api.put<{ recovery_codes?: string[] } | null>("/me/totp", { code }),
    onSuccess: again,
  });
  const disable = useMutation({
    mutationFn: () => api.remove("/me/totp", { password }),
    onSuccess: again,
  });
  const renew = useMutation({
    mutationFn: () =>
      api.post<{ recovery_codes: string[] }>("/me/totp/recovery-codes", { password }),
  });
  const codes = renew.data?.recovery_codes ?? confirm.data?.recovery_codes ?? [];
  return (
    <section className={`card ${classes.block}`}>
      <h3>{t`Two-step sign-in`}</h3>
      {me.totp_enabled && !codes.length ? (
        <div className="stack">
          <p className="dim">{t`It is on: signing in asks for a code from your authenticator app.`}</p>
          <div className="row">
            <PasswordInput
              aria-label={t`Password`}
              placeholder={t`Password`}
              autoComplete="current-password"
              w={220}
              value={password}
              onChange={(event) => set_password(event.currentTarget.value)}
            />
            <Button
              variant="default"
              disabled={!password}
              loading={disable.isPending}
              onClick={() => disable.mutate()}
            >
              {t`Switch off`}
            </Button>
            <Button
              variant="default"
              disabled={!password}
              loading={renew.isPending}
              onClick={() => renew.mutate()}
            >
              {t`New recovery codes`}
            </Button>
          </div>
          <SaveError error={disable.error ?? renew.error} />
        </div>
      ) : offer.data && !codes.length && !confirm.isSuccess ? (
        <div className="stack">
          <p className="dim">{t`Add this key to your authenticator app, then enter the code that it shows.`}</p>
          <p className={classes.secret}>{offer.data.secret}</p>
          <div className="row">
            <TextInput
              aria-label={t`Code`}
              placeholder={t`Code`}
              inputMode="numeric"
              autoComplete="one-time-code"
              w={140}
              value={code}
              onChange={(event) => set_code(event.currentTarget.value)}
            />
            <Button
              loading={confirm.isPending}
              disabled={code.length < 6}
              onClick={() => confirm.mutate()}
            >
              {t`Switch on`}
            </Button>
          </div>
          <SaveError error={confirm.error} />
        </div>
      ) : codes.length ? (
        <div className="stack">
          <p className="dim">{t`It is on. Keep these recovery codes in a safe place; each works once.`}</p>
          <p className={classes.secret}>{codes.join("  ")}</p>
        </div>
      ) : (
        <div className="stack">
          <p className="dim">{t`Ask for a code from your phone as well as the password.`}</p>
          <div>
            <Button variant="default" loading={offer.isPending} onClick={() => offer.mutate()}>
              {t`Set up`}
            </Button>
          </div>
          <SaveError error={offer.error} />
        </div>
      )}
    </section>
  );
}

function SessionsBlock() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const sessions = useQuery({
    queryKey: ["sessions"],
    queryFn: () => api.get<{ items: UserSession[] }>("/me/sessions"),
  });
  const end = useMutation({
    mutationFn: (id: number | string) => api.remove(`/me/sessions/${id}`),
    onSuccess: () => query_client.invalidateQueries({ queryKey: ["sessions"] }),
    onError: (error) => toast_error(error_text(error)),
  });
  return (
    <section className={`card ${classes.block}`}>
      <h3>{t`Where you are signed in`}</h3>
      <Loaded query={sessions}>
        {({ items }) => (
          <div
            className="table_scroll"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the keys
            tabIndex={0}
          >
            <table className="table">
              <tbody>
                {items.map((session) => (
                  <tr key={session.id}>
                    <td>{session.user_agent || t`Unknown device`}</td>
                    <td className="dim">{session.remote}</td>
                    <td className="dim">{ago_text(session.last_seen_at ?? session.created_at)}</td>
                    <td align="right">
                      {session.current ? (
                        <span className="dim">{t`this one`}</span>
                      ) : (
                        <Button
                          variant="subtle"
                          color="gray"
                          onClick={() => end.mutate(session.id)}
                        >
                          {t`Sign out`}
                        </Button>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Loaded>
    </section>
  );
}
