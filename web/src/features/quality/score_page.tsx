// SPDX-License-Identifier: Apache-2.0
// How good the records are: all together, over time, by owner and group, and what would raise it
// most.
import { useLingui } from "@lingui/react/macro";
import { SegmentedControl } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { TypeMeta } from "../../api/types";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import { GainsCard } from "./gains_card";
import { QualityHead } from "./quality_tabs";
import { rules_query } from "./queries";
import classes from "./score.module.css";
import { ScoreNow } from "./score_now";
import { ScoreTable } from "./score_table";
import { TrendCard } from "./trend_card";

export function ScorePage() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { type?: string };
  const rules = useQuery(rules_query);
  const ruled = new Set(rules.data?.rules.filter((rule) => rule.is_on).map((rule) => rule.type));
  const types = dictionary.meta.types.filter(
    (type) => ruled.has(type.name) && dictionary.can(type.name, "read"),
  );
  const type = types.find((one) => one.name === search.type) ?? types[0];
  const choose = (name: string) =>
    void navigate({ to: ".", replace: true, search: { type: name } as never });
  return (
    <div className="page">
      <QualityHead />
      <div className={classes.score_page}>
        {rules.isPending && <SkeletonLines count={10} />}
        {rules.error && !rules.data && (
          <ErrorState
            title={t`This could not be shown`}
            detail={error_text(rules.error)}
            retry={() => void rules.refetch()}
            retry_label={t`Try again`}
          />
        )}
        {rules.data && !type && (
          <EmptyState icon={<IconChecks size={22} stroke={1.5} />} title={t`Nothing is looked at`}>
            {t`An administrator says under Settings, Data quality what is right.`}
          </EmptyState>
        )}
        {types.length > 1 && type && (
          <SegmentedControl
            size="xs"
            aria-label={t`Of what`}
            className={classes.score_types}
            value={type.name}
            data={types.map((one) => ({
              value: one.name,
              label: dictionary.text(one.label_plural, one.plural),
            }))}
            onChange={choose}
          />
        )}
        {type && <TypeScore key={type.name} type={type} />}
      </div>
    </div>
  );
}

function TypeScore({ type }: { type: TypeMeta }) {
  const { t } = useLingui();
  return (
    <div className={classes.score_grid}>
      <ScoreNow type={type} />
      <TrendCard type={type} />
      <GainsCard type={type} />
      <ScoreTable type={type} by="owner" title={t`By owner`} />
      <ScoreTable type={type} by="group" title={t`By group`} />
      <ScoreTable type={type} by="type" title={t`By record type`} />
    </div>
  );
}
