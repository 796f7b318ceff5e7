// SPDX-License-Identifier: Apache-2.0
// Alerts of one's own: put to sleep, woken, removed.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Switch } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { instant_text, number_text } from "../../base/format";
import { toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import own from "./builder.module.css";
import { alerts_query } from "./queries";
import type { Alert } from "./types";

interface Props {
  alerts: Alert[];
  // With the page and the tile of each.
  named?: boolean;
  on_open?: () => void;
}

export function AlertRows({ alerts, named, on_open }: Props) {
  return (
    <ul className={own.alert_rows}>
      {alerts.map((alert) => (
        <AlertRow key={alert.id} alert={alert} named={!!named} on_open={on_open} />
      ))}
    </ul>
  );
}

interface RowProps {
  alert: Alert;
  named: boolean;
  on_open?: (() => void) | undefined;
}

function AlertRow({ alert, named, on_open }: RowProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const sentence = useCondition(alert);
  const change = (work: Promise<unknown>) =>
    void work
      .catch((error) => toast_error(error_text(error)))
      .finally(() => query_client.invalidateQueries({ queryKey: alerts_query.queryKey }));
  const name = alert.title ?? t`A tile that is gone`;
  const when = alert.fired_at && instant_text(alert.fired_at);
  return (
    <li className={own.alert_row} data-alert={alert.id}>
      <div className={own.alert_text}>
        {named && alert.title !== null && (
          <Link
            to="/dashboards/$id"
            params={{ id: String(alert.dashboard) }}
            search={{ tile: alert.tile } as never}
            onClick={on_open}
          >
            {name}
          </Link>
        )}
        {named && alert.title === null && <span>{name}</span>}
        <span>{sentence}</span>
        <span className="dim small">{when ? t`Told last: ${when}` : t`Not told yet`}</span>
      </div>
      <Switch
        aria-label={t`Awake: ${name}, ${sentence}`}
        checked={!alert.is_paused}
        onChange={(event) =>
          change(api.patch(`/me/alerts/${alert.id}`, { is_paused: !event.currentTarget.checked }))
        }
      />
      <ActionIcon
        size={28}
        aria-label={t`Remove: ${name}, ${sentence}`}
        onClick={() => change(api.remove(`/me/alerts/${alert.id}`))}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </li>
  );
}

function useCondition(alert: Alert): string {
  const { t } = useLingui();
  const value = number_text(alert.value);
  if (alert.condition === "changes") return t`changes by ${value} %`;
  return alert.condition === "below" ? t`falls below ${value}` : t`rises above ${value}`;
}
