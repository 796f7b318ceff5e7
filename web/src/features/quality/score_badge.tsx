// SPDX-License-Identifier: Apache-2.0
// In the head of a record: how good its values are, and what would make them better.
import { useLingui } from "@lingui/react/macro";
import { Popover, UnstyledButton } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Row, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import classes from "./quality.module.css";
import { record_quality_query, rules_query } from "./queries";
import { ScoreRing } from "./score_ring";
import type { Finding, RecordQuality } from "./types";
import { useFixOnPage } from "./use_fix_on_page";
import { SeverityIcon, useFieldName } from "./words";

export default function ScoreBadge({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const [open, set_open] = useState(false);
  const rules = useQuery(rules_query).data?.rules ?? [];
  const has_rules = rules.some((rule) => rule.type === type.name && rule.is_on);
  const answer = useQuery({
    ...record_quality_query(type.name, record.id, record.version),
    enabled: has_rules,
  });
  const { data } = answer;
  if (!has_rules || !data || data.score === null) return null;
  const score = number_text(Math.round(data.score), 0);
  return (
    <Popover opened={open} onChange={set_open} position="bottom-end" width={380} trapFocus>
      <Popover.Target>
        <UnstyledButton
          className={classes.badge}
          aria-label={t`Data quality ${score} of 100`}
          title={t`Data quality ${score} of 100`}
          onClick={() => set_open(!open)}
        >
          <ScoreRing score={data.score} size={32} />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0} className={classes.pop} aria-label={t`Data quality`}>
        <ScorePanel type={type} quality={data} />
      </Popover.Dropdown>
    </Popover>
  );
}

function ScorePanel({ type, quality }: { type: TypeMeta; quality: RecordQuality }) {
  const { t } = useLingui();
  const { findings, improvements } = quality;
  const by_id = new Map(findings.map((one) => [one.id, one]));
  const points_of = new Map(improvements.map((one) => [one.finding, one.points]));
  // Most points first; what takes none off is said last.
  const best = improvements.flatMap((one) => by_id.get(one.finding) ?? []);
  const rest = findings.filter((one) => !points_of.has(one.id));
  const sorted = [...best, ...rest];
  return (
    <div>
      <header className={classes.pop_head}>
        <ScoreRing score={quality.score ?? 0} size={44} />
        <div>
          <p className="card_title">{t`Data quality`}</p>
          <p className="small dim">
            {sorted.length ? t`This would improve it:` : t`Nothing is missing here.`}
          </p>
        </div>
      </header>
      {sorted.length > 0 ? (
        <ul className={classes.gains} aria-label={t`What would improve it`}>
          {sorted.map((finding) => (
            <Gain
              key={finding.id}
              type={type}
              finding={finding}
              points={points_of.get(finding.id) ?? 0}
            />
          ))}
        </ul>
      ) : (
        <p className={classes.all_well}>
          <IconChecks size={18} stroke={1.6} aria-hidden />
          {t`No rule finds anything wrong.`}
        </p>
      )}
    </div>
  );
}

interface GainProps {
  type: TypeMeta;
  finding: Finding;
  points: number;
}

function Gain({ type, finding, points }: GainProps) {
  const { t } = useLingui();
  const field_name = useFieldName();
  const fix = useFixOnPage(type);
  const more = number_text(points, 0);
  const value = finding.suggestion?.value ?? "";
  return (
    <li className={classes.gain}>
      <SeverityIcon severity={finding.severity} />
      <div className="grow">
        <p>{finding.text}</p>
        <p className="small dim clip">
          {[field_name(type, finding.field), finding.value].filter(Boolean).join(": ")}
        </p>
        <p className={classes.gain_acts}>
          {finding.can_fix && (
            <button
              type="button"
              className={classes.remark_fix}
              disabled={fix.isPending}
              onClick={() => fix.mutate(finding)}
            >
              {value ? t`Use ${value}` : t`Empty the field`}
            </button>
          )}
          <Link
            to="/quality"
            search={{ type: type.name, finding: String(finding.id) } as never}
            className={classes.gain_link}
          >
            {t`In the workbench`}
          </Link>
        </p>
      </div>
      {points > 0 && (
        <span className={classes.points} title={t`Points that it would bring`}>
          +{more}
        </span>
      )}
    </li>
  );
}
