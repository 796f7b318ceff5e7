// SPDX-License-Identifier: Apache-2.0
// The last calls of one connection, fetched when somebody wants to see them.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { instant_text } from "../../base/format";
import { useErrorText } from "../../records/use_translate";
import classes from "./connect.module.css";
import { last_calls_query } from "./connect_queries";
import { useFailureWords } from "./words";

export function LastCalls({ connector }: { connector: string }) {
  const { t } = useLingui();
  const [open, set_open] = useState(false);
  return (
    <>
      <Button
        variant="default"
        size="xs"
        aria-expanded={open}
        onClick={() => set_open((before) => !before)}
      >
        {t`Last calls`}
      </Button>
      {open && <CallList connector={connector} />}
    </>
  );
}

function CallList({ connector }: { connector: string }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const failure_word = useFailureWords();
  const calls = useQuery(last_calls_query(connector));
  if (calls.error)
    return (
      <p role="alert" className={classes.error}>
        {error_text(calls.error)}
      </p>
    );
  if (!calls.data) return null;
  if (!calls.data.items.length) return <p className="dim">{t`No call yet`}</p>;
  return (
    <div style={{ flexBasis: "100%" }}>
      <ul className={classes.calls} aria-label={t`Last calls`}>
        {calls.data.items.map((call) => (
          <li key={call.id}>
            <span className="tabular dim">{instant_text(call.at)}</span>
            <span className={classes.call}>
              {call.method} {call.host}
              {call.path}
            </span>
            <span>{call.error ? failure_word(call.error) : call.status}</span>
          </li>
        ))}
      </ul>
      <Link to="/settings/egress" className={classes.all}>
        {t`All outgoing calls`}
      </Link>
    </div>
  );
}
