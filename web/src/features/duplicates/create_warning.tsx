// SPDX-License-Identifier: Apache-2.0
// While a record is typed: those that are there already and may be the same. Also the answer when
// the server did not make it for that reason.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconAlertTriangle, IconExternalLink } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ApiError } from "../../api/client";
import type { CreateWarningProps } from "../../records/create_warnings";
import classes from "./duplicates.module.css";
import { candidates_query, rules_query } from "./queries";
import type { Candidate } from "./types";
import { CertaintyTag, ReasonList } from "./words";

const WAIT_MS = 350;
const SHOWN_MAX = 3;
const REASONS_MAX = 3;

export default function CreateWarning(props: CreateWarningProps) {
  const { t } = useLingui();
  const { type, values, refused } = props;
  const rules = useQuery(rules_query).data?.rules.find((one) => one.type === type.name);
  const [asked] = useDebouncedValue(JSON.stringify(values), WAIT_MS);
  const compared = new Set(rules?.comparisons.flatMap((one) => one.fields));
  const record = JSON.parse(asked) as Record<string, unknown>;
  const live = useQuery({
    ...candidates_query(type.plural, record),
    enabled: Object.keys(record).some((field) => compared.has(field)),
    placeholderData: (old) => old,
  });
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (refused) box.current?.scrollIntoView({ block: "nearest" });
  }, [refused]);
  const told = refused instanceof ApiError ? (refused.body.candidates as Candidate[]) : null;
  const candidates = told ?? (compared.size && !live.error ? live.data?.candidates : null) ?? [];
  if (!candidates.length) return <div role="status" />;
  return (
    <section
      ref={box}
      className={classes.warning}
      aria-label={t`Possible duplicates`}
      data-refused={!!told || undefined}
    >
      <p className={classes.warning_title} role={told ? "alert" : "status"}>
        <IconAlertTriangle size={17} stroke={1.7} aria-hidden />
        {told ? t`Not created: it may be here already.` : t`It may be here already.`}
      </p>
      <ul className={classes.candidates}>
        {candidates.slice(0, SHOWN_MAX).map((candidate) => (
          <CandidateRow key={candidate.id} candidate={candidate} {...props} />
        ))}
      </ul>
      {told && (
        <div className={classes.anyway}>
          <span className="dim">{t`None of them?`}</span>
          <Button
            variant="default"
            size="xs"
            loading={props.busy}
            onClick={() => props.create_anyway()}
          >
            {t`Create anyway`}
          </Button>
        </div>
      )}
    </section>
  );
}

function CandidateRow({
  candidate,
  type,
  use,
}: Pick<CreateWarningProps, "type" | "use"> & { candidate: Candidate }) {
  const { t } = useLingui();
  const name = candidate.label || `#${candidate.id}`;
  return (
    <li className={classes.candidate}>
      <div className="grow">
        <div className="row">
          <strong className="clip">{name}</strong>
          <CertaintyTag certainty={candidate.certainty} />
        </div>
        <ReasonList reasons={candidate.reasons} max={REASONS_MAX} />
      </div>
      <div className={classes.candidate_actions}>
        <Button
          component="a"
          variant="subtle"
          size="xs"
          href={`/${type.plural}/${candidate.id}`}
          target="_blank"
          rel="noreferrer"
          aria-label={t`Open ${name} in a new tab`}
          leftSection={<IconExternalLink size={14} />}
        >
          {t`Open`}
        </Button>
        <Button
          variant="light"
          size="xs"
          aria-label={t`Use this one: ${name}`}
          onClick={() => use(candidate.id)}
        >
          {t`Use this one`}
        </Button>
      </div>
    </li>
  );
}
