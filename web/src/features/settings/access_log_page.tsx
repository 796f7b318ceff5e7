// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { AccessEntry, Page, Row } from "../../api/types";
import { instant_text, number_text } from "../../base/format";
import { EmptyState } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import classes from "./settings.module.css";
import { Loaded, SettingsHead } from "./settings_parts";

const USERS_MAX = 500;

export function AccessLogPage() {
  const { t } = useLingui();
  const { type, text } = useDictionary();
  const log = useInfiniteQuery({
    queryKey: ["access_log"],
    queryFn: ({ pageParam }) =>
      api.get<Page<AccessEntry>>("/access-log", { limit: 100, cursor: pageParam }),
    initialPageParam: "",
    getNextPageParam: (page) => page.next || undefined,
  });
  const users = useQuery({
    queryKey: ["list", "users", "names"],
    queryFn: () => api.get<Page<Row>>("/users", { limit: USERS_MAX, fields: "name" }),
  });
  const names = new Map(users.data?.items.map((user) => [user.id, String(user.name)]));
  const actions: Record<string, string> = {
    read: t`read`,
    list: t`listed`,
    search: t`searched`,
    export: t`exported`,
    download: t`downloaded`,
    update: t`changed`,
    create: t`created`,
    history: t`read the history of`,
    reveal: t`revealed`,
  };
  return (
    <div className={classes.inner}>
      <SettingsHead
        title={t`Access log`}
        text={t`Who saw or changed which personal data, and by which way. Reading this page is logged too.`}
      />
      <Loaded query={log}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (!items.length)
            return <EmptyState icon={<IconEye size={20} />} title={t`Nothing logged yet`} />;
          return (
            <div
              className="card table_scroll"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled with the keys
              tabIndex={0}
            >
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t`When`}</th>
                    <th scope="col">{t`Who`}</th>
                    <th scope="col">{t`What`}</th>
                    <th scope="col">{t`Records`}</th>
                    <th scope="col">{t`Way`}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((entry) => (
                    <tr key={entry.id}>
                      <td className="tabular">{instant_text(entry.at)}</td>
                      <td>{names.get(entry.user ?? 0) ?? t`The system`}</td>
                      <td>
                        {actions[entry.action] ?? entry.action}{" "}
                        {text(type(entry.record_type ?? "")?.label_plural, entry.record_type ?? "")}
                      </td>
                      <td className="tabular">
                        {typeof entry.count === "number" ? number_text(entry.count, 0) : ""}
                      </td>
                      <td className="dim">{entry.route}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
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
