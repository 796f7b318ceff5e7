// SPDX-License-Identifier: Apache-2.0
// Which findings: of what, how bad, by which rule, whose, with which value; each with its number.
import { useLingui } from "@lingui/react/macro";
import { SegmentedControl, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { number_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import { TypeIcon } from "../../records/type_icon";
import { useTranslate } from "../../records/use_translate";
import marks from "./quality.module.css";
import { type CountBy, counts_query, type QueueFilter } from "./queries";
import { QueueStatus } from "./queue_status";
import { type CountGroup, type Rule, SEVERITIES, type Severity } from "./types";
import { SEVERITY_WORDS, SeverityIcon } from "./words";
import classes from "./workbench.module.css";

const SHOWN_MAX = 7;

interface Props {
  filter: QueueFilter;
  rules: Rule[];
  change: (next: Partial<QueueFilter>) => void;
  done: () => void;
}

export function QueueFilters({ filter, rules, change, done }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const { me } = dictionary;
  const rule = rules.find((one) => one.key === filter.rule);
  // Values are compared within one field.
  const field = filter.field || rule?.field || "";
  const has_values = !!filter.type && !!field;
  const facet = { filter, change };
  return (
    <aside className={classes.rail} aria-label={t`Filter`}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t`Whose`}
        value={filter.owner === "me" ? "me" : "all"}
        data={[
          { value: "all", label: t`All` },
          { value: "me", label: t`Mine` },
        ]}
        onChange={(owner) => change({ owner: owner === "me" ? "me" : "" })}
      />
      <Facet
        {...facet}
        by="type"
        title={t`Record type`}
        name={({ key }) => {
          const type = dictionary.type(String(key));
          return type ? dictionary.text(type.label_plural, type.plural) : String(key);
        }}
        icon={({ key }) => {
          const type = dictionary.type(String(key));
          return type && <TypeIcon type={type} size={15} />;
        }}
        choose={(type) => ({ type, rule: "", field: "", value: "" })}
      />
      <Facet
        {...facet}
        by="severity"
        title={t`How bad`}
        order={(group) => SEVERITIES.indexOf(group.key as Severity)}
        name={({ key }) => translate(SEVERITY_WORDS[key as Severity] ?? SEVERITY_WORDS.advice)}
        icon={({ key }) => <SeverityIcon severity={key as Severity} size={15} />}
      />
      <Facet
        {...facet}
        by="rule"
        title={t`Rule`}
        name={({ key, label }) => label ?? String(key)}
        choose={(key) => {
          const chosen = rules.find((one) => one.key === key);
          return { rule: key, field: "", value: "", ...(chosen ? { type: chosen.type } : {}) };
        }}
      />
      {has_values && (
        <Facet
          {...facet}
          filter={{ ...filter, field }}
          by="value"
          title={t`Value`}
          name={({ key, label }) => label ?? String(key)}
          choose={(value) => ({ value, field: value ? field : "" })}
        />
      )}
      <Facet
        {...facet}
        by="owner"
        title={t`Owner`}
        // Nobody is somebody here: what has no owner is found as well.
        none="none"
        chosen={filter.owner === "me" ? String(me.id) : filter.owner}
        name={({ key, label }) => (key === null ? t`Nobody` : (label ?? `#${key}`))}
        choose={(owner) => ({ owner: owner === String(me.id) ? "me" : owner })}
      />
      <Facet {...facet} by="group" title={t`Group`} name={({ key, label }) => label ?? `#${key}`} />
      <Switch
        size="xs"
        mt={4}
        label={t`Show what was left as it is`}
        checked={filter.dismissed === "true"}
        onChange={(event) => change({ dismissed: event.currentTarget.checked ? "true" : "" })}
      />
      <QueueStatus />
      <button type="button" className={classes.rail_done} onClick={done}>
        {t`Show the findings`}
      </button>
    </aside>
  );
}

interface FacetProps {
  filter: QueueFilter;
  change: (next: Partial<QueueFilter>) => void;
  by: CountBy;
  title: string;
  name: (group: CountGroup) => string;
  icon?: (group: CountGroup) => ReactNode;
  order?: (group: CountGroup) => number;
  choose?: (key: string) => Partial<QueueFilter>;
  // How those are asked for that belong to none; without it they are left out.
  none?: string;
  chosen?: string;
}

function Facet({ filter, change, by, title, name, icon, order, choose, none, chosen }: FacetProps) {
  const { t } = useLingui();
  const [all, set_all] = useState(false);
  const at = chosen ?? filter[by];
  // The others of its own kind are shown too, so that one can go from one to the next.
  const counts = useQuery(counts_query(by, { ...filter, [by]: "" }));
  const groups = (counts.data?.groups ?? []).filter(({ key }) => key !== null || none);
  const sorted = order ? [...groups].sort((a, b) => order(a) - order(b)) : groups;
  const shown = all ? sorted : sorted.slice(0, SHOWN_MAX);
  const number = number_text(sorted.length, 0);
  if (!groups.length) return null;
  return (
    <fieldset className={classes.facet}>
      <legend>{title}</legend>
      {shown.map((group) => {
        const key = group.key === null ? (none ?? "") : String(group.key);
        const is_chosen = key === at;
        const next = is_chosen ? "" : key;
        return (
          <button
            key={key}
            type="button"
            className={classes.choice}
            aria-pressed={is_chosen}
            onClick={() => change(choose ? choose(next) : { [by]: next })}
          >
            {icon?.(group)}
            <span className="grow clip" title={name(group)}>
              {name(group)}
            </span>
            <span className={classes.count}>{number_text(group.count, 0)}</span>
          </button>
        );
      })}
      {sorted.length > SHOWN_MAX && (
        <button
          type="button"
          className={marks.facet_more}
          aria-expanded={all}
          onClick={() => set_all(!all)}
        >
          {all ? t`Show fewer` : t`Show all ${number}`}
        </button>
      )}
    </fieldset>
  );
}
