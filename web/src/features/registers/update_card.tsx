// SPDX-License-Identifier: Apache-2.0
// How companies are kept up to date from one register: every night or when asked, where from, and
// when it last happened. Which values are taken stands in a dialog.
import { useLingui } from "@lingui/react/macro";
import { Button, Switch } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { ago_text, number_text } from "../../base/format";
import { useErrorText } from "../../records/use_translate";
import classes from "./registers.module.css";
import type { UpdateSettings } from "./types";

const PolicyDialog = lazy(() => import("./policy_dialog"));
const KEY = ["registers", "update_settings"];

export const save_settings = (provider: string, changes: Partial<UpdateSettings>) =>
  api.put<UpdateSettings>(`/register_updates/settings/${provider}`, changes);
export const refresh_settings = () => query_client.invalidateQueries({ queryKey: KEY });

export function UpdateCard({ provider }: { provider: string }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [opened, set_opened] = useState(false);
  const answer = useQuery({
    queryKey: KEY,
    queryFn: () => api.get<{ items: UpdateSettings[] }>("/register_updates/settings"),
    retry: false,
  });
  const settings = answer.data?.items.find((one) => one.provider === provider);
  const save = useMutation({
    mutationFn: (is_nightly: boolean) => save_settings(provider, { is_nightly }),
    onSettled: refresh_settings,
  });
  if (!settings) return null;
  const possible = settings.has_local || settings.can_online;
  return (
    <div className={classes.updates}>
      <Switch
        label={t`Update companies every night`}
        checked={settings.is_nightly}
        disabled={save.isPending || (!possible && !settings.is_nightly)}
        onChange={(event) => save.mutate(event.currentTarget.checked)}
      />
      <Button variant="default" size="xs" onClick={() => set_opened(true)}>
        {t`What is taken`}
      </Button>
      {!possible && (
        <p className="small dim">{t`Load a file, or let the register be asked online, first.`}</p>
      )}
      <LastRun settings={settings} />
      {save.error && (
        <p role="alert" className={classes.error}>
          {error_text(save.error)}
        </p>
      )}
      {opened && (
        <Suspense>
          <PolicyDialog settings={settings} close={() => set_opened(false)} />
        </Suspense>
      )}
    </div>
  );
}

function LastRun({ settings }: { settings: UpdateSettings }) {
  const { t } = useLingui();
  const { last_run_at, last_run, feed_cursor } = settings;
  const count = (key: string) => number_text(last_run?.[key] ?? 0, 0);
  return (
    <>
      {last_run_at ? (
        <p className="small dim">
          {t`Last run ${ago_text(last_run_at)}:`} {t`${count("checked")} looked at,`}{" "}
          {t`${count("changed")} changed, ${count("proposed")} to decide.`}
        </p>
      ) : (
        <p className="small dim">{t`No run yet.`}</p>
      )}
      {feed_cursor && <p className="small dim">{t`Changes followed up to ${feed_cursor}.`}</p>}
    </>
  );
}
