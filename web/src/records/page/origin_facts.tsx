// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { date_text, instant_text } from "../../base/format";
import { SkeletonLines } from "../../kit/states";
import type { OriginProps } from "../field_hints";
import { useErrorText } from "../use_translate";
import classes from "./origin_mark.module.css";
import { type Origin, origins_query } from "./origin_queries";
import { useSourceWords } from "./origin_words";

export function OriginFacts({ type, record, field }: OriginProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const answer = useQuery(origins_query(type.plural, record));
  if (answer.isPending) return <SkeletonLines count={3} />;
  if (answer.error) return <p role="alert">{error_text(answer.error)}</p>;
  const origin = answer.data.items.find((one) => one.field === field);
  if (!origin) return <p className="dim">{t`The history does not say where it came from.`}</p>;
  return <Facts origin={origin} plural={type.plural} />;
}

function Facts({ origin, plural }: { origin: Origin; plural: string }) {
  const { t } = useLingui();
  const kinds = useSourceWords();
  const { source, batch, field } = origin;
  const who = origin.actor?.name ?? t`The system`;
  const kind = source ? (kinds[source.kind] ?? source.kind) : t`Typed in`;
  // All records that have this value from there.
  const filter = batch
    ? `batch(${field}) eq ${batch.id}`
    : source && `source_name(${field}) eq '${source.name.replaceAll("'", "''")}'`;
  return (
    <>
      <dl className={classes.facts}>
        <Fact name={t`Source`}>{[kind, source?.name].filter(Boolean).join(": ")}</Fact>
        {source?.obtained_at && <Fact name={t`Obtained`}>{date_text(source.obtained_at)}</Fact>}
        {source?.licence && <Fact name={t`Licence`}>{source.licence}</Fact>}
        {batch && (
          <Fact name={t`Change set`}>
            {batch.import ? (
              <Link to="/import/$id" params={{ id: String(batch.import) }}>
                {batch.name || `#${batch.id}`}
              </Link>
            ) : (
              `#${batch.id}`
            )}
          </Fact>
        )}
        <Fact name={t`By`}>{origin.actor_kind === "api_key" ? t`${who}, by API key` : who}</Fact>
        {origin.at && (
          <Fact name={t`When`}>
            <time dateTime={origin.at}>{instant_text(origin.at)}</time>
          </Fact>
        )}
      </dl>
      {filter && (
        <Link to="/$plural" params={{ plural }} search={{ filter }} className={classes.others}>
          {t`Show all that have it from there`}
        </Link>
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
