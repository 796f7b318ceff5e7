// SPDX-License-Identifier: Apache-2.0
// Keys begin with "sales_guide", so that an event makes all of them stale.
import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { SaleGuide, StepState, StoredGuide } from "./guide_types";

export const guide_query = queryOptions({
  queryKey: ["sales_guide", "stored"],
  queryFn: () => api.get<StoredGuide>("/sales_guide"),
});

export const sale_guide_query = (sale: number) =>
  queryOptions({
    queryKey: ["sales_guide", "sale", sale],
    queryFn: () => api.get<SaleGuide>(`/sales/${sale}/guide`),
    retry: false,
  });

export async function set_step(sale: number, key: string, state: StepState) {
  const guide = await api.put<SaleGuide>(`/sales/${sale}/guide/${key}`, { state });
  query_client.setQueryData(sale_guide_query(sale).queryKey, guide);
  return guide;
}
