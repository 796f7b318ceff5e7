// SPDX-License-Identifier: Apache-2.0
// The days of a score: of all records for who may change many, else of one's own.
import { useQuery } from "@tanstack/react-query";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../../records/dictionary";
import { series_query } from "./queries";

const DAYS = 182;

export function useSeries(type: TypeMeta) {
  const { may, me } = useDictionary();
  const of_all = may("bulk_edit") || may("administer");
  const whose = of_all ? { by: "all" } : { by: "owner", id: me.id };
  return { of_all, ...useQuery(series_query({ type: type.name, ...whose, days: DAYS })) };
}
