// SPDX-License-Identifier: Apache-2.0
// One connection: whether it is on, what is sent where, a test, its settings and last calls.
import { useLingui } from "@lingui/react/macro";
import { Button, Switch } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, api } from "../../api/client";
import { query_client } from "../../api/queries";
import { instant_text, number_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { Tag } from "../../kit/marks";
import { useDictionary } from "../../records/dictionary";
import classes from "./connect.module.css";
import { save_connector } from "./connect_queries";
import { ConnectionForm } from "./connection_form";
import { LastCalls } from "./last_calls";
import type { Connector, TestAnswer } from "./types";
import { useDataWords, useOutcomeText, useRefusalText } from "./words";

export function ConnectionCard({ connector }: { connector: Connector }) {
  const { t } = useLingui();
  const { text, may } = useDictionary();
  const [open, set_open] = useState(false);
  const title = text(connector.title, connector.name);
  const has_settings =
    connector.url_may_change || connector.takes_hosts || connector.fields.length > 0;
  return (
    <section className={`card ${classes.connector}`} aria-label={title}>
      <div className={classes.top}>
        <h4>{title}</h4>
        {connector.is_on ? <Tag colour="green">{t`On`}</Tag> : <Tag colour="grey">{t`Off`}</Tag>}
        <OnSwitch connector={connector} title={title} needs_settings={() => set_open(true)} />
      </div>
      <Facts connector={connector} />
      <div className={classes.actions}>
        {has_settings && (
          <Button
            variant="default"
            size="xs"
            aria-expanded={open}
            onClick={() => set_open((before) => !before)}
          >
            {t`Settings`}
          </Button>
        )}
        <TestButton connector={connector} />
        {may("read_access_log") && <LastCalls connector={connector.name} />}
      </div>
      {open && (
        <div className={classes.settings}>
          <ConnectionForm
            key={connector.version}
            connector={connector}
            saved={() => set_open(false)}
          />
        </div>
      )}
    </section>
  );
}

function Facts({ connector }: { connector: Connector }) {
  const { t } = useLingui();
  const { text } = useDictionary();
  const data_word = useDataWords();
  const { switched_at, switched_by } = connector;
  const when = switched_at ? instant_text(switched_at) : "";
  const who = switched_by?.name ?? "";
  return (
    <dl className={classes.facts}>
      <dt>{t`What is sent`}</dt>
      <dd>
        {text(connector.sends, "")}{" "}
        {connector.data_class !== "none" && (
          <Tag colour="orange">{t`Personal data: ${data_word(connector.data_class)}`}</Tag>
        )}
      </dd>
      <dt>{t`Where to`}</dt>
      <dd>{connector.called_hosts.join(", ") || t`Nowhere yet: name the hosts in the settings`}</dd>
      {switched_at && (
        <>
          <dt>{connector.is_on ? t`Switched on` : t`Switched off`}</dt>
          <dd>{t`${when} by ${who}`}</dd>
        </>
      )}
    </dl>
  );
}

interface SwitchProps {
  connector: Connector;
  title: string;
  needs_settings: () => void;
}

// Switching on asks, with what will be sent where: it is the moment at which somebody answers for
// it.
function OnSwitch({ connector, title, needs_settings }: SwitchProps) {
  const { t } = useLingui();
  const { text } = useDictionary();
  const refusal_text = useRefusalText();
  const [asking, set_asking] = useState(false);
  const turn = useMutation({
    mutationFn: (is_on: boolean) => save_connector(connector, { is_on }),
    onError: (error) => {
      if (error instanceof ApiError && error.errors.length) needs_settings();
    },
    onSettled: () => set_asking(false),
  });
  const hosts = connector.called_hosts.join(", ");
  const sends = text(connector.sends, "");
  const lacks = turn.error instanceof ApiError && turn.error.errors[0]?.code === "required";
  return (
    <div className="row">
      {turn.error && (
        <span role="alert" className={classes.error}>
          {lacks ? t`Fill in the settings first.` : refusal_text(turn.error)}
        </span>
      )}
      <Switch
        size="md"
        aria-label={t`${title} is on`}
        checked={connector.is_on}
        disabled={turn.isPending}
        onChange={(event) => {
          turn.reset();
          if (event.currentTarget.checked) set_asking(true);
          else turn.mutate(false);
        }}
      />
      {asking && (
        <ConfirmDialog
          title={t`Switch ${title} on?`}
          confirm={t`Switch on`}
          cancel={t`Cancel`}
          busy={turn.isPending}
          on_confirm={() => turn.mutate(true)}
          close={() => set_asking(false)}
        >
          {hosts
            ? t`From now on this server sends to ${hosts}:`
            : t`From now on this server sends:`}{" "}
          {sends}
        </ConfirmDialog>
      )}
    </div>
  );
}

function TestButton({ connector }: { connector: Connector }) {
  const { t } = useLingui();
  const outcome_text = useOutcomeText();
  const refusal_text = useRefusalText();
  const test = useMutation({
    mutationFn: () => api.post<TestAnswer>(`/connectors/${connector.name}/test`),
    onSettled: () => void query_client.invalidateQueries({ queryKey: ["egress"] }),
  });
  if (!connector.can_test) return null;
  const took = number_text(test.data?.duration_ms ?? 0, 0);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        loading={test.isPending}
        disabled={!connector.is_on}
        onClick={() => test.mutate()}
      >
        {t`Test`}
      </Button>
      <span role="status" className={test.data?.worked ? classes.worked : classes.error}>
        {test.data?.worked && t`It works. (${took} ms)`}
        {test.data && !test.data.worked && outcome_text(test.data.code, test.data.params)}
        {test.error && refusal_text(test.error)}
      </span>
    </>
  );
}
