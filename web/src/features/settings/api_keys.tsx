// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, CopyButton, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { ApiKey } from "../../api/types";
import { ago_text, instant_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import classes from "./settings.module.css";
import { Loaded, SaveError } from "./settings_parts";

const again = () => query_client.invalidateQueries({ queryKey: ["api_keys"] });

export function ApiKeys() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [adding, set_adding] = useState(false);
  const keys = useQuery({
    queryKey: ["api_keys"],
    queryFn: () => api.get<{ items: ApiKey[] }>("/me/keys"),
  });
  const revoke = useMutation({
    mutationFn: (id: number) => api.remove(`/me/keys/${id}`),
    onSuccess: again,
    onError: (error) => toast_error(error_text(error)),
  });
  return (
    <section className={`card ${classes.block}`}>
      <div className="row spread">
        <h3>{t`API keys`}</h3>
        <Button variant="default" onClick={() => set_adding(true)}>
          {t`New key`}
        </Button>
      </div>
      <Loaded query={keys}>
        {({ items }) =>
          items.length ? (
            <div
              className="table_scroll"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolled with the keys
              tabIndex={0}
            >
              <table className="table">
                <tbody>
                  {items.map((key) => (
                    <tr key={key.id}>
                      <td>{key.name}</td>
                      <td className="dim">
                        {key.expires_at && t`until ${instant_text(key.expires_at)}`}
                      </td>
                      <td className="dim">
                        {key.last_used_at ? t`used ${ago_text(key.last_used_at)}` : t`never used`}
                      </td>
                      <td align="right">
                        <Button variant="subtle" color="gray" onClick={() => revoke.mutate(key.id)}>
                          {t`Revoke`}
                        </Button>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          ) : (
            <p className="dim">{t`None. A key lets a program act with your rights, or fewer.`}</p>
          )
        }
      </Loaded>
      {adding && <KeyDialog close={() => set_adding(false)} />}
    </section>
  );
}

const DAY_MS = 86_400_000;

function expires_in(days: string): string {
  return new Date(Date.now() + Number(days) * DAY_MS).toISOString();
}

function KeyDialog({ close }: { close: () => void }) {
  const { t } = useLingui();
  const [name, set_name] = useState("");
  const [scope, set_scope] = useState("read");
  const [days, set_days] = useState("90");
  const make = useMutation({
    mutationFn: () =>
      api.post<ApiKey>("/me/keys", { name, scopes: [scope], expires_at: expires_in(days) }),
    onSuccess: again,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  const secret = make.data?.token;
  return (
    <Modal
      opened
      onClose={close}
      title={t`New key`}
      size={460}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {secret ? (
        <div className="stack">
          <p className="dim">{t`Copy the key now. It is not shown again.`}</p>
          <p className={classes.secret}>{secret}</p>
          <CopyButton value={secret}>
            {({ copied, copy }) => <Button onClick={copy}>{copied ? t`Copied` : t`Copy`}</Button>}
          </CopyButton>
        </div>
      ) : (
        <form className="stack" onSubmit={submit}>
          <TextInput
            label={t`What is it for?`}
            value={name}
            required
            data-autofocus
            onChange={(event) => set_name(event.currentTarget.value)}
          />
          <Select
            label={t`What may it do?`}
            allowDeselect={false}
            data={[
              { value: "read", label: t`Read` },
              { value: "write", label: t`Read and change` },
              { value: "*", label: t`Everything that I may` },
            ]}
            value={scope}
            onChange={(next) => set_scope(next ?? "read")}
          />
          <Select
            label={t`For how long?`}
            allowDeselect={false}
            data={[
              { value: "30", label: t`30 days` },
              { value: "90", label: t`90 days` },
              { value: "365", label: t`A year` },
            ]}
            value={days}
            onChange={(next) => set_days(next ?? "90")}
          />
          <SaveError error={make.error} />
          <Button type="submit" loading={make.isPending}>
            {t`Create`}
          </Button>
        </form>
      )}
    </Modal>
  );
}
