// SPDX-License-Identifier: Apache-2.0
// Whose pages web panels may show. For administrators.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconKey, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { Ref } from "../../api/types";
import { date_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { Modal } from "../../kit/dialog";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { toast_error } from "../../kit/toast";
import { field_errors } from "../../records/error_text";
import { useErrorText, useTranslate } from "../../records/use_translate";
import classes from "./panel_hosts.module.css";

interface Host {
  id: number;
  host: string;
  added_at: string;
  added_by: Ref;
}

const KEY = ["panel_hosts"];

export function PanelHostsPage() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const hosts = useQuery({
    queryKey: KEY,
    queryFn: () => api.get<{ items: Host[] }>("/panel_hosts"),
  });
  return (
    <div className={classes.inner}>
      <header>
        <h2>{t`Web panels`}</h2>
        <p className="dim">
          {t`Pages of these hosts may be shown in panels of dashboards.`}{" "}
          {t`A page that is open is loaded again to show them.`}
        </p>
      </header>
      <AddHost />
      {hosts.isPending && <SkeletonLines count={4} />}
      {hosts.error && (
        <ErrorState
          title={t`This could not be shown`}
          detail={error_text(hosts.error)}
          retry={() => void hosts.refetch()}
          retry_label={t`Try again`}
        />
      )}
      {hosts.data && !hosts.data.items.length && <p className="dim">{t`No host yet`}</p>}
      <ul className={classes.hosts}>
        {hosts.data?.items.map((one) => (
          <HostRow key={one.id} one={one} />
        ))}
      </ul>
    </div>
  );
}

function AddHost() {
  const { t } = useLingui();
  const translate = useTranslate();
  const error_text = useErrorText();
  const [host, set_host] = useState("");
  const add = useMutation({
    mutationFn: () => api.post<{ items: Host[] }>("/panel_hosts", { host }),
    onSuccess: (answer) => {
      query_client.setQueryData(KEY, answer);
      set_host("");
    },
  });
  const problem = field_errors(add.error, translate).host;
  return (
    <form
      className={classes.add}
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <TextInput
        label={t`Host`}
        description={t`As wiki.example.org, or *.example.org for every name below it`}
        value={host}
        spellCheck={false}
        error={problem ?? (add.error ? error_text(add.error) : undefined)}
        onChange={(event) => set_host(event.currentTarget.value)}
      />
      <Button type="submit" loading={add.isPending} disabled={!host.trim()}>
        {t`Allow`}
      </Button>
    </form>
  );
}

function HostRow({ one }: { one: Host }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [removing, set_removing] = useState(false);
  const [secret, set_secret] = useState(false);
  const day = date_text(one.added_at.slice(0, 10));
  const by = one.added_by.name;
  return (
    <li className={classes.host}>
      <span className={classes.name}>
        <strong>{one.host}</strong>
        <span className="dim small">{t`Allowed by ${by}, ${day}`}</span>
      </span>
      <ActionIcon size={28} aria-label={t`Secret of ${one.host}`} onClick={() => set_secret(true)}>
        <IconKey size={16} />
      </ActionIcon>
      <ActionIcon size={28} aria-label={t`Remove ${one.host}`} onClick={() => set_removing(true)}>
        <IconTrash size={16} />
      </ActionIcon>
      {secret && <Secret one={one} close={() => set_secret(false)} />}
      {removing && (
        <ConfirmDialog
          title={t`Remove ${one.host}?`}
          confirm={t`Remove`}
          cancel={t`Cancel`}
          danger
          close={() => set_removing(false)}
          on_confirm={() =>
            void api
              .remove<{ items: Host[] }>(`/panel_hosts/${one.id}`)
              .then((answer) => query_client.setQueryData(KEY, answer))
              .catch((error) => toast_error(error_text(error)))
          }
        >
          {t`Panels with its pages say so from then on.`}
        </ConfirmDialog>
      )}
    </li>
  );
}

function Secret({ one, close }: { one: Host; close: () => void }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const secret = useQuery({
    queryKey: [...KEY, one.id, "secret"],
    queryFn: () => api.get<{ secret: string }>(`/panel_hosts/${one.id}/secret`),
    staleTime: 0,
    gcTime: 0,
  });
  const renew = useMutation({
    mutationFn: () => api.post<{ secret: string }>(`/panel_hosts/${one.id}/secret`),
    onSuccess: (answer) => query_client.setQueryData([...KEY, one.id, "secret"], answer),
  });
  const problem = secret.error ?? renew.error;
  return (
    <Modal
      opened
      onClose={close}
      title={t`Secret of ${one.host}`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className={classes.secret}>
        <p>{t`With it the host verifies who looks: the token in the address of a panel.`}</p>
        <TextInput
          label={t`Secret`}
          readOnly
          value={secret.data?.secret ?? ""}
          onFocus={(event) => event.currentTarget.select()}
        />
        {problem && <p role="alert">{error_text(problem)}</p>}
        <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
          {t`Give it another one`}
        </Button>
      </div>
    </Modal>
  );
}
