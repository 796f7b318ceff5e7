// SPDX-License-Identifier: Apache-2.0
// The value of a condition as words.
import { useLingui } from "@lingui/react/macro";
import type { FieldMeta } from "../../api/types";
import { country_text, date_text, hour_text, language_text, weekday_text } from "../../base/format";
import { useDictionary } from "../dictionary";
import { useTranslate } from "../use_translate";
import type { Operator, Term } from "./filter_text";
import { PERIODS } from "./operators";
import { origin_of } from "./origin_fields";

export const bare_of = (term: Term | undefined) =>
  term ? ("text" in term ? term.text : term.bare) : "";

// Names of linked records that were chosen here; the filter text itself only holds the number.
export const chosen_names = new Map<string, string>();

export function useTermText() {
  const { t } = useLingui();
  const { item, text, type, me } = useDictionary();
  const translate = useTranslate();
  const told: Record<string, string> = {
    import: t`Import`,
    register: t`Register`,
    device: t`Device`,
    form: t`Form`,
    migration: t`Migration`,
    open: t`Not told yet`,
    informed: t`Told`,
  };
  return (term: Term, field: FieldMeta | undefined, operator?: Operator): string => {
    const value = bare_of(term);
    if (operator === "weekday") return weekday_text(Number(value));
    if (operator === "hour") return hour_text(Number(value));
    const period = PERIODS.find((entry) => entry.value === value);
    if (period) return translate(period.label);
    if (value === "me") return me.name;
    if (field?.kind === "boolean") return value === "true" ? t`Yes` : t`No`;
    if (field?.list) return text(item(field.list, value)?.label, value);
    if (field?.kind === "country") return country_text(value);
    if (field?.kind === "language") return language_text(value);
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return date_text(value);
    if (field && origin_of(field.name)) return told[value] ?? value;
    if (field?.kind && ["link", "user", "group"].includes(field.kind)) {
      const target = field.target ?? field.kind;
      return (
        chosen_names.get(`${target}/${value}`) ?? `${text(type(target)?.label, target)} ${value}`
      );
    }
    return value;
  };
}
