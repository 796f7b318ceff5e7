// SPDX-License-Identifier: Apache-2.0
// Below a field on a record's page: what was found in what it holds, put right with one click.
import { useQuery } from "@tanstack/react-query";
import type { StoredHintProps } from "../../records/field_hints";
import { FieldRemark } from "./field_remark";
import classes from "./quality.module.css";
import { record_quality_query, rules_query } from "./queries";
import { useFixOnPage } from "./use_fix_on_page";

export default function StoredHint({ type, record, field }: StoredHintProps) {
  const rules = useQuery(rules_query).data?.rules ?? [];
  const has_rules = rules.some((rule) => rule.type === type.name && rule.is_on);
  const answer = useQuery({
    ...record_quality_query(type.name, record.id, record.version),
    enabled: has_rules && !record.archived_at,
  });
  const fix = useFixOnPage(type);
  const findings = (answer.data?.findings ?? []).filter((one) => one.field === field);
  return (
    <div className={classes.hint} aria-live="polite">
      {findings.map((finding) => (
        <FieldRemark
          key={finding.id}
          remark={finding}
          fix={finding.can_fix ? () => fix.mutate(finding) : undefined}
          busy={fix.isPending}
        />
      ))}
    </div>
  );
}
