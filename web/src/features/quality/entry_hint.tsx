// SPDX-License-Identifier: Apache-2.0
// Below a field that is being typed: what the rules say about its value, a moment after the last
// letter. All fields of a form ask together, with one question.
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { EntryHintProps } from "../../records/field_hints";
import { is_empty, to_wire } from "../../records/fields/field_parts";
import { FieldRemark } from "./field_remark";
import classes from "./quality.module.css";
import { check_query, rules_query } from "./queries";

const WAIT_MS = 500;

export default function EntryHint({ type, field, values, id, fix }: EntryHintProps) {
  const rules = useQuery(rules_query).data?.rules ?? [];
  const has_rules = rules.some((rule) => rule.type === type.name && rule.is_on);
  const given = Object.entries(values).filter(([, value]) => id || !is_empty(value));
  const wire = JSON.stringify(Object.fromEntries(given.map(([key, it]) => [key, to_wire(it)])));
  const [asked] = useDebouncedValue(wire, WAIT_MS);
  const typed = !is_empty(values[field]);
  const answer = useQuery({
    ...check_query(type.name, JSON.parse(asked) as Record<string, unknown>, id),
    enabled: has_rules && typed,
  });
  // Of what is empty nothing is said yet, nor of what has been typed on since.
  const is_current = typed && asked === wire && !answer.isPlaceholderData && !answer.error;
  const remarks = is_current ? (answer.data?.findings ?? []) : [];
  const own = remarks.filter((remark) => remark.field === field);
  return (
    <div className={classes.hint} aria-live="polite">
      {own.map((remark) => (
        <FieldRemark
          key={remark.rule}
          remark={remark}
          fix={remark.suggestion ? () => fix(remark.suggestion?.changes ?? {}) : undefined}
        />
      ))}
    </div>
  );
}
