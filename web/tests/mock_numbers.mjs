// SPDX-License-Identifier: Apache-2.0
// Counts and sums in groups, as far as the screens ask for them.
export function aggregate(rows, body) {
  const values = (some) =>
    (body.measures ?? []).map((measure) => {
      if (measure.kind !== "sum") return some.length;
      const amounts = some.map((row) => row[measure.field]);
      const sum = amounts.reduce((total, one) => total + Number(one?.amount ?? one ?? 0), 0);
      const money = amounts.find((one) => one?.currency);
      return money ? { amount: String(sum), currency: money.currency } : sum;
    });
  const total = { count: rows.length, values: values(rows) };
  const field = body.group_by?.[0]?.field;
  if (!field) return { groups: [], total };
  const key_of = (row) => row[field]?.id ?? row[field] ?? null;
  const keys = [...new Set(rows.map(key_of))];
  const groups = keys.map((key) => {
    const some = rows.filter((row) => key_of(row) === key);
    const term = typeof key === "string" ? `'${key}'` : key;
    return {
      keys: [{ value: key, label: some[0][field]?.name ?? (key === null ? null : String(key)) }],
      values: values(some),
      count: some.length,
      filter: key === null ? `${field} empty` : `${field} eq ${term}`,
    };
  });
  return { groups, total, truncated: false };
}
