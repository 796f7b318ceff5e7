// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react";
import { activate_language, LANGUAGES } from "../../base/i18n";
import classes from "./gate.module.css";

export function LanguageRow() {
  const { i18n } = useLingui();
  return (
    <div className={classes.languages}>
      {LANGUAGES.map((entry) => (
        <button
          key={entry.code}
          type="button"
          className="plain"
          lang={entry.code}
          aria-pressed={i18n.locale === entry.code}
          onClick={() => void activate_language(entry.code)}
        >
          {entry.name}
        </button>
      ))}
    </div>
  );
}
