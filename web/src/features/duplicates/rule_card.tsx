// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, NumberInput, Switch, TagsInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { Tag } from "../../kit/marks";
import { toast } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import { AddComparison, ComparisonRow } from "./comparison_row";
import classes from "./duplicates.module.css";
import { refresh_duplicates, rules_query } from "./queries";
import { is_in_order, THRESHOLDS, type Threshold } from "./rule_parts";
import type { Comparison, Rules, RulesAnswer } from "./types";

interface Props {
  stored: Rules;
  kinds: RulesAnswer["kinds"];
}

export function RuleCard({ stored, kinds }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [rules, set_rules] = useState(stored);
  const type = dictionary.type(rules.type);
  const title = dictionary.text(type?.label_plural, rules.type);
  const change = (part: Partial<Rules>) => set_rules((old) => ({ ...old, ...part }));
  const change_one = (place: number, next: Comparison | null) =>
    change({
      comparisons: rules.comparisons.flatMap((one, index) =>
        index === place ? (next ?? []) : one,
      ),
    });
  if (!type) return null;
  return (
    <section className={`card ${classes.rule}`} aria-label={title}>
      <div className="row">
        <h3>{title}</h3>
        {stored.version === 0 ? null : stored.is_shipped ? (
          <Tag>{t`As it comes`}</Tag>
        ) : (
          <Tag colour="teal">{t`Changed`}</Tag>
        )}
      </div>
      <Switch
        mt={12}
        label={t`Ask before a record is made that is likely here already`}
        checked={rules.ask_on_create}
        onChange={(event) => change({ ask_on_create: event.currentTarget.checked })}
      />
      <Thresholds rules={rules} change={change} />
      <h4 className={classes.part}>{t`What is compared`}</h4>
      {rules.comparisons.map((comparison, place) => (
        <ComparisonRow
          key={`${comparison.kind}/${comparison.fields.join()}`}
          type={type}
          kinds={kinds}
          comparison={comparison}
          change={(next) => change_one(place, next)}
        />
      ))}
      <AddComparison
        type={type}
        kinds={kinds}
        add={(one) => change({ comparisons: [...rules.comparisons, one] })}
      />
      <TagsInput
        mt={16}
        label={t`Put beside each other when they are alike in`}
        description={t`Only such records are compared: person_word(name) + postcode(address)`}
        value={rules.keys}
        maxTags={12}
        splitChars={[]}
        onChange={(keys) => change({ keys })}
      />
      <CardFoot stored={stored} rules={rules} title={title} reset_draft={() => set_rules(stored)} />
    </section>
  );
}

function Thresholds({ rules, change }: { rules: Rules; change: (part: Partial<Rules>) => void }) {
  const { t } = useLingui();
  const words: Record<Threshold, [string, string]> = {
    certain_at: [t`Certain from`, t`May be merged together`],
    warn_at: [t`Likely from`, t`Asked about when made`],
    keep_at: [t`Kept from`, t`Pairs that a look through all keeps`],
    possible_at: [t`Possible from`, t`Shown while one types`],
  };
  return (
    <div className={classes.thresholds}>
      {THRESHOLDS.map((name) => (
        <NumberInput
          key={name}
          label={words[name][0]}
          description={words[name][1]}
          min={0}
          max={100}
          allowDecimal={false}
          hideControls={false}
          value={rules[name]}
          onChange={(value) => change({ [name]: Number(value) })}
        />
      ))}
      {!is_in_order(rules) && (
        <p role="alert" className={classes.wrong}>
          {t`Each of them may be as high as the one before it, no higher.`}
        </p>
      )}
    </div>
  );
}

interface FootProps {
  stored: Rules;
  rules: Rules;
  title: string;
  reset_draft: () => void;
}

function CardFoot({ stored, rules, title, reset_draft }: FootProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [asking, set_asking] = useState(false);
  const refresh = async () => {
    await query_client.invalidateQueries({ queryKey: rules_query.queryKey });
    await refresh_duplicates();
  };
  const version = stored.version || undefined;
  const save = useMutation({
    mutationFn: () => api.put(`/duplicates/rules/${rules.type}`, rules, version),
    onSuccess: () => {
      toast(t`Saved. The next look through all records uses it.`);
      return refresh();
    },
  });
  const reset = useMutation({
    mutationFn: () => api.remove(`/duplicates/rules/${rules.type}`, undefined, version),
    onSuccess: () => {
      set_asking(false);
      toast(t`The rules are as they come with the program.`);
      return refresh();
    },
  });
  const changed = JSON.stringify(rules) !== JSON.stringify(stored);
  const complete = rules.comparisons.length > 0 && rules.keys.length > 0 && is_in_order(rules);
  const error = save.error ?? reset.error;
  return (
    <div className={classes.rule_foot}>
      {error && (
        <p role="alert" className={classes.wrong}>
          {error_text(error)}
        </p>
      )}
      {!stored.is_shipped && stored.version > 0 && (
        <Button variant="subtle" color="gray" onClick={() => set_asking(true)}>
          {t`As it comes with the program`}
        </Button>
      )}
      <Button variant="default" ml="auto" disabled={!changed} onClick={reset_draft}>
        {t`Reset`}
      </Button>
      <Button
        disabled={!changed || !complete}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {t`Save`}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t`Take back the rules for ${title}?`}
          confirm={t`Take back`}
          cancel={t`Cancel`}
          busy={reset.isPending}
          on_confirm={() => reset.mutate()}
          close={() => set_asking(false)}
        >
          {t`Your changes are lost; what was told apart or merged stays.`}
        </ConfirmDialog>
      )}
    </div>
  );
}
