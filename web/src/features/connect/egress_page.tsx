// SPDX-License-Identifier: Apache-2.0
// Settings → Outgoing calls: what left the server, when, where to, and on whose behalf.
import { useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { IconWorldUpload } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { instant_text, number_text } from "../../base/format";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import classes from "./connect.module.css";
import { connectors_query, type EgressFilter, egress_query, NO_FILTER } from "./connect_queries";
import type { EgressCall } from "./types";
import { useFailureWords } from "./words";

export function EgressPage() {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [filter, set_filter] = useState(NO_FILTER);
  const title_of = useTitles();
  const log = useInfiniteQuery(egress_query(filter));
  const items = log.data?.pages.flatMap((page) => page.items);
  return (
    <div>
      <header className={classes.head}>
        <h2>{t`Outgoing calls`}</h2>
        <p>{t`Every call of this server to another one: where to, what for and how much.`}</p>
        <p>{t`What was sent is not kept. Reading this page is in the access log.`}</p>
      </header>
      <Filter filter={filter} change={set_filter} titles={title_of.all} />
      {log.isPending && <SkeletonLines count={8} />}
      {log.error && !items && (
        <ErrorState
          title={t`This could not be shown`}
          detail={error_text(log.error)}
          retry={() => void log.refetch()}
          retry_label={t`Try again`}
        />
      )}
      {items && !items.length && (
        <EmptyState
          icon={<IconWorldUpload size={20} />}
          title={filter === NO_FILTER ? t`No call has been made` : t`Nothing fits`}
        />
      )}
      {items && items.length > 0 && <CallTable items={items} title_of={title_of.one} />}
      {log.hasNextPage && (
        <Button
          variant="default"
          mt={12}
          loading={log.isFetchingNextPage}
          onClick={() => void log.fetchNextPage()}
        >
          {t`Show older`}
        </Button>
      )}
    </div>
  );
}

// Titles of connectors, for those who may see these; else their names.
function useTitles() {
  const { text, may } = useDictionary();
  const connectors = useQuery({ ...connectors_query, enabled: may("administer") });
  const all = (connectors.data?.items ?? []).map((one) => ({
    value: one.name,
    label: text(one.title, one.name),
  }));
  const one = (name: string) => all.find(({ value }) => value === name)?.label ?? name;
  return { all, one };
}

interface FilterProps {
  filter: EgressFilter;
  change: (filter: EgressFilter) => void;
  titles: { value: string; label: string }[];
}

function Filter({ filter, change, titles }: FilterProps) {
  const { t } = useLingui();
  const set = (part: Partial<EgressFilter>) => change({ ...filter, ...part });
  const day = { clearable: true, valueFormat: "D. MMM YYYY", popoverProps: { withinPortal: true } };
  return (
    <section className={classes.filter} aria-label={t`Filter`}>
      {titles.length > 0 && (
        <Select
          label={t`Connection`}
          placeholder={t`Every`}
          clearable
          data={titles}
          value={filter.connector || null}
          onChange={(connector) => set({ connector: connector ?? "" })}
        />
      )}
      <DateInput
        {...day}
        label={t`From`}
        value={filter.from || null}
        onChange={(from) => set({ from: from ?? "" })}
      />
      <DateInput
        {...day}
        label={t`To`}
        value={filter.to || null}
        onChange={(to) => set({ to: to ?? "" })}
      />
      {Object.values(filter).some(Boolean) && (
        <Button variant="subtle" color="gray" onClick={() => change(NO_FILTER)}>
          {t`Clear`}
        </Button>
      )}
    </section>
  );
}

interface TableProps {
  items: EgressCall[];
  title_of: (connector: string) => string;
}

function CallTable({ items, title_of }: TableProps) {
  const { t } = useLingui();
  return (
    <div
      className="card table_scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys
      tabIndex={0}
    >
      <table className={`table table_cards ${classes.table}`}>
        <thead>
          <tr>
            <th scope="col">{t`When`}</th>
            <th scope="col">{t`Connection`}</th>
            <th scope="col">{t`Called`}</th>
            <th scope="col">{t`Outcome`}</th>
            <th scope="col">{t`Size`}</th>
            <th scope="col">{t`Why`}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((call) => (
            <tr key={call.id}>
              <td className={`tabular ${classes.when}`}>{instant_text(call.at)}</td>
              <td>{title_of(call.connector)}</td>
              <td>
                <span className={classes.wide}>
                  {call.method} {call.host}
                  {call.path}
                </span>
              </td>
              <td>
                <Outcome call={call} />
              </td>
              <td>
                <Size call={call} />
              </td>
              <td>
                <Why call={call} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Outcome({ call }: { call: EgressCall }) {
  const failure_word = useFailureWords();
  const took = number_text(call.duration_ms, 0);
  return (
    <>
      {call.error ? failure_word(call.error) : call.status}{" "}
      <span className="dim small">{took} ms</span>
    </>
  );
}

function Size({ call }: { call: EgressCall }) {
  const { t } = useLingui();
  const out = number_text(call.bytes_out, 0);
  const back = number_text(call.bytes_in, 0);
  return <span className="small">{t`${out} bytes sent, ${back} received`}</span>;
}

// On whose behalf, about whom.
function Why({ call }: { call: EgressCall }) {
  const { t } = useLingui();
  const { type, text } = useDictionary();
  const { job, persons } = call;
  const about = call.record_type ? type(call.record_type) : undefined;
  const id = String(call.record);
  return (
    <>
      {call.user?.name ?? t`The system`}
      {job && <span className="dim small"> {t`Job ${job}`}</span>}
      {about && call.record && (
        <Link
          to="/$plural/$id"
          params={{ plural: about.plural, id }}
          style={{ display: "inline-block", minHeight: 24, marginInlineStart: 8 }}
        >
          {text(about.label, about.name)} {id}
        </Link>
      )}
      {persons > 0 && <span className="dim small"> {t`Persons: ${persons}`}</span>}
    </>
  );
}
