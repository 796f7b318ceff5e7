// SPDX-License-Identifier: Apache-2.0
// Searches that most people want sooner or later: where a new selection starts.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import type { TypeMeta } from "../../api/types";

export interface TypicalSearch {
  name: MessageDescriptor;
  filter: string;
}

const BY_TYPE: Record<string, TypicalSearch[]> = {
  company: [
    { name: msg`My customers`, filter: "owner eq me and category in ('customer')" },
    {
      name: msg`Customers without activity for 90 days`,
      filter: "category in ('customer') and none(activities: starts_at in last(90 days))",
    },
    { name: msg`Companies with open sales`, filter: "any(sales: status in ('open'))" },
    { name: msg`Companies without persons`, filter: "none(persons)" },
    { name: msg`Neither phone nor e-mail`, filter: "phone empty and email empty" },
  ],
  person: [
    { name: msg`Persons at customers`, filter: "company.category in ('customer')" },
    { name: msg`Without e-mail`, filter: "email empty" },
    {
      name: msg`No contact for a year`,
      filter: "none(activities: starts_at in last(12 months))",
    },
    { name: msg`Without a company`, filter: "company empty" },
  ],
  sale: [
    { name: msg`My open sales`, filter: "owner eq me and status in ('open')" },
    {
      name: msg`Expected this month`,
      filter: "status in ('open') and expected_on in this_month",
    },
    { name: msg`Open and overdue`, filter: "status in ('open') and expected_on lt today" },
    { name: msg`Won this year`, filter: "status in ('sold') and closed_on in this_year" },
  ],
  activity: [
    {
      name: msg`My overdue activities`,
      filter: "owner eq me and status in ('planned') and starts_at lt now",
    },
    {
      name: msg`Planned for this week`,
      filter: "status in ('planned') and starts_at in this_week",
    },
  ],
};

// Fits any type with an owner.
const FOR_ALL: TypicalSearch[] = [
  { name: msg`All mine`, filter: "owner eq me" },
  { name: msg`New this month`, filter: "created_at in this_month" },
  { name: msg`Changed in the last 30 days`, filter: "updated_at in last(30 days)" },
];

export function typical_searches(type: TypeMeta): TypicalSearch[] {
  const names = new Set(type.fields.map((field) => field.name));
  const general = FOR_ALL.filter((entry) => names.has(entry.filter.split(" ")[0] ?? ""));
  return [...(BY_TYPE[type.name] ?? []), ...general];
}
