// SPDX-License-Identifier: Apache-2.0
// Who changed which setting or rate, newest first.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { Page, SettingChange } from "../../api/types";
import { instant_text } from "../../base/format";
import classes from "./settings.module.css";
import { Loaded } from "./settings_parts";

const RATE = /^rate (\w{3})\/(\w{3}) ([\d-]{10})$/;

export function SettingsChanges({ rates = false }: { rates?: boolean }) {
  const { t } = useLingui();
  const history = useQuery({
    queryKey: ["settings_history"],
    queryFn: () => api.get<Page<SettingChange>>("/settings/history"),
  });
  const names: Record<string, string> = {
    company_name: t`Company`,
    base_currency: t`Base currency`,
    default_language: t`Language`,
    default_time_zone: t`Time zone`,
    first_day_of_week: t`First day of the week`,
    fiscal_year_start_month: t`The fiscal year begins in`,
    bin_days: t`Days in the bin`,
    merge_undo_days: t`Days to undo a merge`,
  };
  const name_of = (key: string) => {
    const rate = RATE.exec(key);
    return rate ? `${rate[1]} → ${rate[2]}, ${rate[3]}` : (names[key] ?? key);
  };
  return (
    <section className={`card ${classes.block}`}>
      <h3>{t`Changes`}</h3>
      <Loaded query={history}>
        {({ items }) => {
          const shown = items.filter(
            (item) => (RATE.test(item.key) || item.key === "base_currency") === rates,
          );
          if (!shown.length) return <p className="small faint">{t`None yet`}</p>;
          return (
            <div className="table_scroll">
              <table className="table">
                <tbody>
                  {shown.map((item) => (
                    <tr key={item.id}>
                      <td className="dim">{instant_text(item.at)}</td>
                      <td>{name_of(item.key)}</td>
                      <td>
                        <span className="dim">{item.old || "–"}</span> → {item.new || "–"}
                      </td>
                      <td className="dim">{item.actor?.name ?? t`the program`}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </Loaded>
    </section>
  );
}
