// SPDX-License-Identifier: Apache-2.0
// From what may be the same to what was merged, and back.
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import classes from "./views/view_bar.module.css";

export function QualityTabs() {
  const { t } = useLingui();
  const tabs = [
    { to: "/duplicates", label: t`To decide` },
    { to: "/merges", label: t`Merged` },
  ];
  return (
    <div className={classes.bar}>
      <nav className={classes.tabs} aria-label={t`Duplicates`}>
        {tabs.map((tab) => (
          <Link
            key={tab.to}
            to={tab.to}
            className={classes.tab}
            activeOptions={{ includeSearch: false }}
            activeProps={{ "aria-current": "page" } as object}
          >
            {tab.label}
          </Link>
        ))}
      </nav>
    </div>
  );
}
