// SPDX-License-Identifier: Apache-2.0
// Settings → Connections: with whom the server may talk, and what it tells them.
import { useLingui } from "@lingui/react/macro";
import { IconPlugConnected } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import classes from "./connect.module.css";
import { connectors_query } from "./connect_queries";
import { ConnectionCard } from "./connection_card";
import type { Connector } from "./types";
import { useKindWords } from "./words";

export function ConnectionsPage() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const answer = useQuery(connectors_query);
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <h2>{t`Connections`}</h2>
        <p>{t`Other systems that this server talks to once you switch them on here.`}</p>
        <p>{t`Every call is written down under Outgoing calls.`}</p>
      </header>
      {answer.isPending && <SkeletonLines count={10} />}
      {answer.error && !answer.data && (
        <ErrorState
          title={t`This could not be shown`}
          detail={error_text(answer.error)}
          retry={() => void answer.refetch()}
          retry_label={t`Try again`}
        />
      )}
      {answer.data && <Groups connectors={answer.data.items} />}
    </div>
  );
}

function Groups({ connectors }: { connectors: Connector[] }) {
  const { t } = useLingui();
  const { word, order } = useKindWords();
  const kind_of = ({ kind }: Connector) => (order.includes(kind) ? kind : "other");
  const groups = order
    .map((kind) => ({ kind, members: connectors.filter((one) => kind_of(one) === kind) }))
    .filter(({ members }) => members.length);
  if (!groups.length)
    return <EmptyState icon={<IconPlugConnected size={20} />} title={t`No connections`} />;
  return groups.map(({ kind, members }) => (
    <section key={kind} className={classes.group} aria-label={word(kind)}>
      <h3>{word(kind)}</h3>
      <div className="stack" style={{ gap: 12 }}>
        {members.map((connector) => (
          <ConnectionCard key={connector.name} connector={connector} />
        ))}
      </div>
    </section>
  ));
}
