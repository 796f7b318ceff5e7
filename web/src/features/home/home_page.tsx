// SPDX-License-Identifier: Apache-2.0
// The first page of the day: what is mine and open, what changed lately.
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../../api/client";
import type { Page, Row, TypeMeta } from "../../api/types";
import { SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { FieldView } from "../../records/fields/field";
import { is_empty } from "../../records/fields/field_parts";
import { TypeIcon } from "../../records/type_icon";
import { useErrorText } from "../../records/use_translate";
import classes from "./home_page.module.css";

const ROWS = 6;

interface CardProps {
  type: TypeMeta | undefined;
  title: string;
  filter: string;
  sort: string;
  facts: string[];
  empty: string;
}

export function HomePage() {
  const { t } = useLingui();
  const { me, type } = useDictionary();
  const hour = new Date().getHours();
  const first_name = me.name.split(" ")[0] ?? me.name;
  const greeting =
    hour < 10
      ? t`Good morning, ${first_name}`
      : hour < 18
        ? t`Hello, ${first_name}`
        : t`Good evening, ${first_name}`;
  return (
    <div className="page_scroll page">
      <div className={classes.inner}>
        <h1 className={classes.title}>{greeting}</h1>
        <div className={classes.cards}>
          <HomeCard
            type={type("activity")}
            title={t`My next activities`}
            filter="owner eq me and not status eq 'done'"
            sort="starts_at"
            facts={["company", "starts_at"]}
            empty={t`Nothing planned. Enjoy it, or press c to plan something.`}
          />
          <HomeCard
            type={type("sale")}
            title={t`My open sales`}
            filter="owner eq me and status eq 'open'"
            sort="expected_on"
            facts={["amount", "expected_on"]}
            empty={t`No open sales.`}
          />
          <HomeCard
            type={type("company")}
            title={t`Recently changed companies`}
            filter=""
            sort="-updated_at"
            facts={["category", "owner"]}
            empty={t`No companies yet. Import a file to begin.`}
          />
          <HomeCard
            type={type("person")}
            title={t`Recently changed persons`}
            filter=""
            sort="-updated_at"
            facts={["company", "job_title"]}
            empty={t`No persons yet.`}
          />
        </div>
      </div>
    </div>
  );
}

function HomeCard({ type, title, filter, sort, facts, empty }: CardProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const plural = type?.plural ?? "";
  const readable = !!type && dictionary.can(type.name, "read");
  const list = useQuery({
    queryKey: ["list", plural, "home", filter, sort],
    queryFn: () =>
      api.get<Page<Row>>(`/${plural}`, {
        filter,
        sort,
        limit: ROWS,
        fields: ["name", ...facts].join(","),
      }),
    enabled: readable,
  });
  if (!type || !readable) return null;
  const search = { ...(filter ? { filter } : {}), sort };
  return (
    <section className={`card ${classes.card}`}>
      <header className={classes.card_head}>
        <TypeIcon type={type} size={16} />
        <h2 className="card_title">{title}</h2>
        <Link to="/$plural" params={{ plural }} search={search} className={classes.all}>
          {t`Show all`}
        </Link>
      </header>
      {list.isPending && (
        <div className={classes.empty}>
          <SkeletonLines count={4} />
        </div>
      )}
      {list.isError && <p className={classes.empty}>{error_text(list.error)}</p>}
      {list.data && !list.data.items.length && <p className={classes.empty}>{empty}</p>}
      <ul className={classes.rows}>
        {list.data?.items.map((row) => (
          <li key={row.id}>
            <Link to="/$plural/$id" params={{ plural, id: String(row.id) }} className={classes.row}>
              <span className={`${classes.name} clip`}>{String(row.name ?? row.id)}</span>
              {facts.map((name) => {
                const field = dictionary.field(type, name);
                if (!field || is_empty(row[name])) return null;
                return (
                  <span key={name} className={`${classes.fact} clip`}>
                    <FieldView field={field} value={row[name]} dense />
                  </span>
                );
              })}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
