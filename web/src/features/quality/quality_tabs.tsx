// SPDX-License-Identifier: Apache-2.0
// The work that is left, and how far it has come.
import { useLingui } from "@lingui/react/macro";
import { IconChecks } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { PageHeader } from "../../kit/page_header";
import { useDictionary } from "../../records/dictionary";
import classes from "../../records/views/view_bar.module.css";

export function QualityHead() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const tabs = [
    { to: "/quality", label: t`To put right`, exact: true },
    { to: "/quality/score", label: t`Score`, exact: false },
  ];
  return (
    <>
      <PageHeader icon={<IconChecks size={17} stroke={1.6} />} title={t`Data quality`} />
      <div className={classes.bar}>
        <nav className={classes.tabs} aria-label={t`Data quality`}>
          {tabs.map((tab) => (
            <Link
              key={tab.to}
              to={tab.to}
              className={classes.tab}
              activeOptions={{ includeSearch: false, exact: tab.exact }}
              activeProps={{ "aria-current": "page" } as object}
            >
              {tab.label}
            </Link>
          ))}
          {dictionary.may("administer") && (
            <Link to="/settings/quality" className={classes.tab}>
              {t`Rules`}
            </Link>
          )}
        </nav>
      </div>
    </>
  );
}
