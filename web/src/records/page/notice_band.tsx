// SPDX-License-Identifier: Apache-2.0
// On the page of a person of whom something came from elsewhere: from where, and by when they must
// be told (GDPR Art. 14).
import { useLingui } from "@lingui/react/macro";
import { IconMailExclamation } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { Row, TypeMeta } from "../../api/types";
import { date_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import { origins_query } from "./origin_queries";
import { useSourceWords } from "./origin_words";
import classes from "./record_notices.module.css";

export default function NoticeBand({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const kinds = useSourceWords();
  const duties = useQuery(origins_query(type.plural, record)).data?.duties ?? [];
  const first = duties.find((duty) => duty.state === "open");
  if (!first) return null;
  const { source } = first;
  const from = source.name || kinds[source.kind] || source.kind;
  const day = date_text(first.due_on);
  const overdue = first.due_on < new Date().toISOString().slice(0, 10);
  return (
    <div role="note" className={classes.notice}>
      <IconMailExclamation size={16} aria-hidden className={classes.icon} />
      <span className="grow">
        {t`Data about this person came from ${from}. They must be told by ${day}.`}
      </span>
      {overdue && <Tag colour="red">{t`Overdue`}</Tag>}
    </div>
  );
}
