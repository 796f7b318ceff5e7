// SPDX-License-Identifier: Apache-2.0
// On a company's page: what registers have told of it, and differences that wait to be decided.
import { useLingui } from "@lingui/react/macro";
import { IconAlertTriangle, IconRefreshDot } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Row, TypeMeta } from "../../api/types";
import { date_text, number_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import { company_updates_query } from "./queries";
import classes from "./review.module.css";
import type { RegisterEvent } from "./types";
import { useEventWords, useRegisterStatusWords } from "./words";

const SHOWN_MAX = 3;
const GRAVE = ["bankruptcy", "dissolution"];

export default function CompanySide({ record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const statuses = useRegisterStatusWords();
  const updates = useQuery(company_updates_query(record.id)).data;
  if (!updates) return null;
  const { events, checks, open, is_exempt } = updates;
  const status = checks[0]?.status ?? "";
  const warns = status !== "" && status !== "active";
  if (!events.length && !open && !is_exempt && !warns) return null;
  return (
    <section className={classes.card} aria-label={t`From the registers`}>
      <h3>
        <IconRefreshDot size={15} stroke={1.7} aria-hidden /> {t`From the registers`}
        {warns && <Tag colour="orange">{statuses[status] ?? status}</Tag>}
      </h3>
      {is_exempt && <p className="small dim">{t`Not updated from registers.`}</p>}
      <ul>
        {events.slice(0, SHOWN_MAX).map((event) => (
          <Event key={event.id} event={event} />
        ))}
      </ul>
      {open > 0 && (
        <Link to="/register-updates" className={classes.link}>
          {t`${number_text(open, 0)} to decide`}
        </Link>
      )}
    </section>
  );
}

function Event({ event }: { event: RegisterEvent }) {
  const { t } = useLingui();
  const words = useEventWords();
  const word = words[event.kind] ?? event.kind;
  return (
    <li data-grave={GRAVE.includes(event.kind) || undefined}>
      {GRAVE.includes(event.kind) && <IconAlertTriangle size={14} aria-hidden />}
      <span className="grow">
        {event.after ? `${word}: ${event.after}` : word}{" "}
        <span className="dim small">
          {event.title}, {date_text(event.happened_on)}
        </span>
      </span>
      {event.task !== null && (
        <Link
          to="/$plural/$id"
          params={{ plural: "activities", id: String(event.task) }}
          className={classes.link}
        >
          {t`Task`}
        </Link>
      )}
    </li>
  );
}
