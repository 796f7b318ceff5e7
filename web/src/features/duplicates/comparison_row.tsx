// SPDX-License-Identifier: Apache-2.0
// One comparison: of which fields, and how much it counts.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, MultiSelect, Select, Slider } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import type { TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import classes from "./duplicates.module.css";
import { fresh_comparison, span_of } from "./rule_parts";
import type { Comparison, RulesAnswer } from "./types";

const WEIGHT_MAX = 3;
const FIELDS_MAX = 8;
const COMPARED = [
  "text registration_number phone email url address date choice link country language",
  "integer user group",
]
  .join(" ")
  .split(" ");

interface RowProps {
  type: TypeMeta;
  kinds: RulesAnswer["kinds"];
  comparison: Comparison;
  // Nothing takes it away.
  change: (next: Comparison | null) => void;
}

const signed = (value: number) => (value > 0 ? "+" : "") + number_text(value, 1);

export function ComparisonRow({ type, kinds, comparison, change }: RowProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const kind = kinds.find((one) => one.kind === comparison.kind)?.label ?? comparison.kind;
  const fields = comparison.fields
    .map((name) => dictionary.text(dictionary.field(type, name)?.label, name))
    .join(", ");
  const span = span_of(comparison);
  const most = signed(span.most);
  const least = signed(span.least);
  const weight = comparison.weight ?? 1;
  return (
    <div className={classes.comparison}>
      <div>
        <p>{kind}</p>
        <p className="small dim">{fields}</p>
      </div>
      <p className="small dim tabular">{t`${most} points when alike, ${least} when not`}</p>
      <Slider
        size="sm"
        min={0}
        max={WEIGHT_MAX}
        step={0.1}
        value={weight}
        label={(value) => `× ${number_text(value, 1)}`}
        thumbLabel={t`Weight of ${kind}`}
        onChange={(next) => change({ ...comparison, weight: Math.round(next * 10) / 10 })}
      />
      <ActionIcon aria-label={t`Do not compare ${kind}`} onClick={() => change(null)}>
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  );
}

interface AddProps {
  type: TypeMeta;
  kinds: RulesAnswer["kinds"];
  add: (comparison: Comparison) => void;
}

export function AddComparison({ type, kinds, add }: AddProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [open, set_open] = useState(false);
  const [kind, set_kind] = useState<string | null>(null);
  const [fields, set_fields] = useState<string[]>([]);
  if (!open) {
    return (
      <Button
        variant="subtle"
        size="xs"
        mt={8}
        leftSection={<IconPlus size={15} />}
        onClick={() => set_open(true)}
      >
        {t`Compare more`}
      </Button>
    );
  }
  return (
    <div className={classes.add}>
      <Select
        label={t`As what`}
        data={kinds.map((one) => ({ value: one.kind, label: one.label }))}
        value={kind}
        onChange={set_kind}
      />
      <MultiSelect
        label={t`Fields`}
        data={type.fields
          .filter((field) => COMPARED.includes(field.kind) && !field.hidden)
          .map((field) => ({
            value: field.name,
            label: dictionary.text(field.label, field.name),
          }))}
        value={fields}
        maxValues={FIELDS_MAX}
        searchable
        onChange={set_fields}
      />
      <Button
        variant="default"
        disabled={!kind || !fields.length}
        onClick={() => {
          if (kind) add(fresh_comparison(kind, fields));
          set_open(false);
          set_kind(null);
          set_fields([]);
        }}
      >
        {t`Add`}
      </Button>
    </div>
  );
}
