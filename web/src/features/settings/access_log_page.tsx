// SPDX-License-Identifier: Apache-2.0
// Who saw or changed whom, when, by which way.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import type { AccessEntry, Page, Row } from "../../api/types";
import { instant_text } from "../../base/format";
import { EmptyState } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import classes from "./access_log.module.css";
import { AccessLogFilter } from "./access_log_filter";
import { access_log_query, NO_FILTER } from "./access_log_query";
import { AccessedRecords, useFirstNames } from "./access_log_records";
import { useAccessWords, useShapeWords } from "./access_words";
import { Loaded, SettingsHead } from "./settings_parts";

const USERS_MAX = 500;
// What nearly every call is for says nothing.
const USUAL_PURPOSE = "customer_care";
// Actions whose word says all.
const ALONE = ["sign_in", "sign_out"];

export function AccessLogPage() {
  const { t } = useLingui();
  const [filter, set_filter] = useState(NO_FILTER);
  const log = useInfiniteQuery(access_log_query(filter));
  return (
    <div>
      <SettingsHead
        title={t`Access log`}
        text={t`Who saw or changed which personal data, and by which way. Reading this page is logged too.`}
      />
      <AccessLogFilter filter={filter} change={set_filter} />
      <Loaded query={log}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length) return <EntryTable items={items} />;
          return filter === NO_FILTER ? (
            <EmptyState icon={<IconEye size={20} />} title={t`Nothing logged yet`} />
          ) : (
            <EmptyState icon={<IconEye size={20} />} title={t`Nothing fits`}>
              {t`Choose another person, user, action or time.`}
            </EmptyState>
          );
        }}
      </Loaded>
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

function EntryTable({ items }: { items: AccessEntry[] }) {
  const { t } = useLingui();
  const { type, text } = useDictionary();
  const { word } = useAccessWords();
  const users = useQuery({
    queryKey: ["list", "users", "names"],
    queryFn: () => api.get<Page<Row>>("/users", { limit: USERS_MAX, fields: "name" }),
  });
  const user_names = new Map(users.data?.items.map((user) => [user.id, String(user.name)]));
  const person_names = useFirstNames(items, "person");
  const what_of = ({ action, record_type: name = "" }: AccessEntry) => {
    if (ALONE.includes(action)) return "";
    if (name === "connector") return t`Connections`;
    return name === "role" ? t`Roles` : text(type(name)?.label_plural, name);
  };
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
            <th scope="col">{t`Who`}</th>
            <th scope="col">{t`What`}</th>
            <th scope="col">{t`Which`}</th>
            <th scope="col">{t`Way`}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => (
            <tr key={entry.id}>
              <td className={`tabular ${classes.when}`}>{instant_text(entry.at)}</td>
              <td className={classes.when}>
                {user_names.get(entry.user ?? 0) ?? user_word(entry, t`The system`)}
              </td>
              <td>
                {word(entry.action)} {what_of(entry)}
              </td>
              <td>
                <AccessedRecords
                  entry={entry}
                  names={entry.record_type === "user" ? user_names : person_names}
                />
              </td>
              <td>
                <Way entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function user_word(entry: AccessEntry, system: string): string {
  return entry.user ? `#${entry.user}` : system;
}

function Way({ entry }: { entry: AccessEntry }) {
  const { t } = useLingui();
  const shape_word = useShapeWords();
  const { purpose, query_shape: shape } = entry;
  return (
    <>
      <span className={classes.way}>{entry.route}</span>
      {shape && <span className={classes.way}>{shape_word(shape)}</span>}
      {purpose && purpose !== USUAL_PURPOSE && (
        <span className={classes.way}>{t`Purpose: ${purpose}`}</span>
      )}
    </>
  );
}
