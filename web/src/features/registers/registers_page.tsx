// SPDX-License-Identifier: Apache-2.0
// Settings → Registers: what is loaded of each public register, loading a file, taking one away.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { ApiError, api } from "../../api/client";
import { query_client } from "../../api/queries";
import { country_text, date_text, number_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { Tag } from "../../kit/marks";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { JobProgress } from "../../records/job_progress";
import { useErrorText } from "../../records/use_translate";
import classes from "./registers.module.css";
import type { RegisterLoad, RegisterOnline, RegisterProvider } from "./types";
import { UpdateCard } from "./update_card";
import { useProblemWords } from "./words";

const KEY = ["registers", "providers"];
const refresh = () => void query_client.invalidateQueries({ queryKey: ["registers"] });

export function RegistersPage() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const providers = useQuery({
    queryKey: KEY,
    queryFn: () => api.get<{ items: RegisterProvider[] }>("/registers"),
  });
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h2>{t`Registers`}</h2>
        <p>{t`Download the file of a public register and load it here.`}</p>
        <p>{t`New companies are then found while you type; no search leaves this server.`}</p>
      </header>
      {providers.isPending && <SkeletonLines count={8} />}
      {providers.error && (
        <ErrorState
          title={t`This could not be shown`}
          detail={error_text(providers.error)}
          retry={() => void providers.refetch()}
          retry_label={t`Try again`}
        />
      )}
      <div className="stack" style={{ gap: 14 }}>
        {providers.data?.items.map((provider) => (
          <ProviderCard key={provider.name} provider={provider} />
        ))}
      </div>
    </div>
  );
}

function ProviderCard({ provider }: { provider: RegisterProvider }) {
  const { t } = useLingui();
  const loading = provider.latest?.status === "loading" ? provider.latest : null;
  return (
    <section className={`card ${classes.provider}`} aria-label={provider.title}>
      <div className={classes.top}>
        <h3>{provider.title}</h3>
        <span className="dim">
          {provider.country ? country_text(provider.country) : t`The whole world`}
        </span>
        {provider.current ? (
          <Tag colour="green">{t`Loaded`}</Tag>
        ) : (
          <Tag colour="grey">{t`Not loaded`}</Tag>
        )}
        <ProviderActions provider={provider} busy={!!loading} />
      </div>
      {provider.current && <LoadedText load={provider.current} />}
      <p className={classes.licence}>
        {provider.licence_text} {provider.licence}.{" "}
        <a href={provider.licence_url} target="_blank" rel="noreferrer">
          {t`Terms`}
        </a>{" "}
        ·{" "}
        <a href={provider.source_url} target="_blank" rel="noreferrer">
          {t`Where the file is`}
        </a>
      </p>
      {loading && (
        <div style={{ marginTop: 10 }}>
          <JobProgress
            key={loading.job}
            id={loading.job}
            title={t`Loading ${loading.name}`}
            on_over={refresh}
          />
        </div>
      )}
      <FailedText load={provider.latest} />
      <OnlineText online={provider.online} />
      <UpdateCard provider={provider.name} />
    </section>
  );
}

// What leaves this server when the register is asked online.
function OnlineText({ online }: { online: RegisterOnline | null | undefined }) {
  const { t } = useLingui();
  const { language } = useDictionary();
  if (!online) return null;
  const sends = online.sends[language] ?? online.sends.en ?? "";
  return (
    <p className={classes.licence}>
      {online.is_on ? (
        <Tag colour="green">{t`Asked online`}</Tag>
      ) : (
        <Tag colour="grey">{t`Not asked online`}</Tag>
      )}{" "}
      {sends && t`What is sent: ${sends}`}
    </p>
  );
}

function LoadedText({ load }: { load: RegisterLoad }) {
  const { t } = useLingui();
  const words = useProblemWords();
  const rows = number_text(load.rows, 0);
  const day = date_text(load.obtained_on);
  return (
    <div style={{ marginTop: 8 }}>
      <p className="tabular">{t`${rows} entries of ${day}`}</p>
      {Object.entries(load.problems).map(([reason, problem]) => {
        const count = number_text(problem.count, 0);
        const first = problem.rows.slice(0, 3).join(", ");
        return (
          <p key={reason} className="small dim">
            {t`${count} rows left out`} {words[reason] ?? reason} {t`(row ${first})`}
          </p>
        );
      })}
    </div>
  );
}

function FailedText({ load }: { load: RegisterLoad | null }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  if (load?.status !== "failed") return null;
  const reason = error_text(new ApiError(422, { code: load.error }));
  return (
    <p role="alert" className={classes.error}>
      {t`${load.name} could not be loaded.`} {reason}
    </p>
  );
}

function ProviderActions({ provider, busy }: { provider: RegisterProvider; busy: boolean }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const box = useRef<HTMLInputElement>(null);
  const [asking, set_asking] = useState(false);
  const upload = useMutation({
    mutationFn: (file: File) =>
      api.upload(`/registers/${provider.name}/loads`, { name: file.name }, file),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: () => api.remove(`/registers/${provider.name}`),
    onSuccess: () => set_asking(false),
    onSettled: refresh,
  });
  return (
    <div className="row">
      {upload.error && (
        <span role="alert" style={{ color: "var(--danger)" }}>
          {error_text(upload.error)}
        </span>
      )}
      {provider.current && (
        <Button variant="default" size="xs" onClick={() => set_asking(true)}>
          {t`Remove`}
        </Button>
      )}
      <Button
        variant="default"
        size="xs"
        loading={upload.isPending}
        disabled={busy}
        onClick={() => box.current?.click()}
      >
        {provider.current ? t`Load a newer file` : t`Load a file`}
      </Button>
      <input
        ref={box}
        type="file"
        accept=".csv,.json,.gz,.zip"
        hidden
        aria-label={t`File of ${provider.title}`}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) upload.mutate(file);
        }}
      />
      {asking && (
        <ConfirmDialog
          title={t`Remove ${provider.title}?`}
          confirm={t`Remove`}
          cancel={t`Cancel`}
          danger
          busy={remove.isPending}
          on_confirm={() => remove.mutate()}
          close={() => set_asking(false)}
        >
          {t`Its entries are no longer found. Companies that were made of them stay.`}
        </ConfirmDialog>
      )}
    </div>
  );
}
