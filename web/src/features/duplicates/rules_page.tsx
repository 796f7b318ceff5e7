// SPDX-License-Identifier: Apache-2.0
// Settings → Duplicates: how records of each type are compared, and from where on they are taken
// for the same.
import { useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TypeMeta } from "../../api/types";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import classes from "./duplicates.module.css";
import { rules_query } from "./queries";
import { RuleCard } from "./rule_card";
import { fresh_rules } from "./rule_parts";

export function RulesPage() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const answer = useQuery(rules_query);
  const [added, set_added] = useState<string[]>([]);
  const rules = answer.data?.rules ?? [];
  const has = (type: TypeMeta) => rules.some((one) => one.type === type.name);
  const fresh = added.filter((name) => !rules.some((one) => one.type === name));
  const without = dictionary.meta.types.filter(
    (type) => !type.system && !has(type) && !added.includes(type.name),
  );
  return (
    <div className={classes.rules}>
      <header className={classes.rules_head}>
        <h2>{t`Duplicates`}</h2>
        <p className="dim">
          {t`Each agreement of two records speaks for them being one, each difference against.`}
        </p>
        <p className="dim">{t`Together they make a score from 0 to 100.`}</p>
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
      {answer.data && (
        <div className="stack" style={{ gap: 18 }}>
          {[...rules, ...fresh.map(fresh_rules)].map((one) => (
            <RuleCard key={`${one.type}/${one.version}`} stored={one} kinds={answer.data.kinds} />
          ))}
          {without.length > 0 && (
            <Select
              label={t`Compare records of another type`}
              placeholder={t`Choose a type`}
              w={300}
              maw="100%"
              value={null}
              searchable
              data={without.map((type) => ({
                value: type.name,
                label: dictionary.text(type.label_plural, type.plural),
              }))}
              onChange={(name) => name && set_added((old) => [...old, name])}
            />
          )}
        </div>
      )}
    </div>
  );
}
