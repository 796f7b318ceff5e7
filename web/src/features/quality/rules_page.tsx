// SPDX-License-Identifier: Apache-2.0
// Settings → Data quality: the rules, those that come with the program and own ones; which are
// on, how bad it is, and how much each finds.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconChecks, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { TypeMeta } from "../../api/types";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { TypeIcon } from "../../records/type_icon";
import { useErrorText } from "../../records/use_translate";
import { counted_rules_query } from "./queries";
import { RuleRow } from "./rule_row";
import classes from "./rules.module.css";
import type { Rule } from "./types";

const RuleDialog = lazy(() => import("./rule_dialog"));

export function RulesPage() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const answer = useQuery(counted_rules_query);
  const [editing, set_editing] = useState<Rule | "new" | null>(null);
  const rules = answer.data?.rules ?? [];
  const types = dictionary.meta.types.filter((type) =>
    rules.some((rule) => rule.type === type.name),
  );
  return (
    <div className={classes.rules}>
      <header className={classes.rules_head}>
        <div className="grow">
          <h2>{t`Data quality`}</h2>
          <p className="dim">
            {t`Rules say what is right. What they find is suggested, never changed by itself.`}
          </p>
        </div>
        <Button leftSection={<IconPlus size={16} />} onClick={() => set_editing("new")}>
          {t`New rule`}
        </Button>
      </header>
      {answer.isPending && <SkeletonLines count={12} />}
      {answer.error && !answer.data && (
        <ErrorState
          title={t`This could not be shown`}
          detail={error_text(answer.error)}
          retry={() => void answer.refetch()}
          retry_label={t`Try again`}
        />
      )}
      {answer.data && !rules.length && (
        <EmptyState icon={<IconChecks size={22} stroke={1.5} />} title={t`There are no rules`} />
      )}
      {types.map((type) => (
        <TypeRules
          key={type.name}
          type={type}
          rules={rules.filter((rule) => rule.type === type.name)}
          edit={set_editing}
        />
      ))}
      {editing && (
        <Suspense>
          <RuleDialog rule={editing === "new" ? null : editing} close={() => set_editing(null)} />
        </Suspense>
      )}
    </div>
  );
}

interface TypeProps {
  type: TypeMeta;
  rules: Rule[];
  edit: (rule: Rule) => void;
}

function TypeRules({ type, rules, edit }: TypeProps) {
  const { text } = useDictionary();
  const name = text(type.label_plural, type.plural);
  return (
    <section className={classes.type_rules} aria-label={name}>
      <h3>
        <TypeIcon type={type} size={16} />
        {name}
      </h3>
      <ul className="card">
        {rules.map((rule) => (
          <RuleRow key={rule.key} rule={rule} edit={() => edit(rule)} />
        ))}
      </ul>
    </section>
  );
}
