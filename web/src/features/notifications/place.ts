// SPDX-License-Identifier: Apache-2.0
// Where a notification leads.
import { day_of } from "./days";
import type { Told } from "./types";

export interface Place {
  to: string;
  search?: Record<string, string>;
}

function day_in_diary(told: Told): string | undefined {
  const when = told.params.to ?? told.params.from ?? told.params;
  return when.on ?? (when.starts_at && day_of(when.starts_at));
}

export function place_of(told: Told): Place | null {
  const { record, params } = told;
  if (params.job !== undefined) return { to: "/settings/jobs" };
  if (params.dashboard !== undefined)
    return { to: `/dashboards/${params.dashboard}`, search: { tile: String(params.tile ?? "") } };
  if (told.kind === "quality_weekly") return { to: "/quality", search: { owner: "me" } };
  if (!record) return null;
  if ((params.count ?? 1) > 1)
    return { to: `/${record.plural}`, search: { filter: "owner eq me", sort: "-updated_at" } };
  if (record.is_archived) return { to: "/bin" };
  if (record.may_read) return { to: `/${record.plural}/${record.id}` };
  // Who is only invited has the appointment in the diary.
  const day = day_in_diary(told);
  return { to: "/diary", search: day ? { view: "day", day } : {} };
}
