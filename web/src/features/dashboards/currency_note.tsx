// SPDX-License-Identifier: Apache-2.0
// Which day's rate the amounts of a number have, and how many currencies are not shown.
import { useLingui } from "@lingui/react/macro";
import { date_text } from "../../base/format";
import type { ChartAnswer } from "./types";

export default function CurrencyNote({
  currency,
}: {
  currency: NonNullable<ChartAnswer["currency"]>;
}) {
  const { t } = useLingui();
  const day = currency.rate_day ? date_text(currency.rate_day) : "";
  const count = currency.left_out;
  return (
    <span className="dim small">
      {day ? t`At the rate of ${day}` : t`Currencies left out: ${count}`}
    </span>
  );
}
