// SPDX-License-Identifier: Apache-2.0
// Where the numbers of another system are asked for, and where they stand in what it answers.
import { useLingui } from "@lingui/react/macro";
import { NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslate } from "../../records/use_translate";
import own from "./builder.module.css";
import { columns_of_text, fit_external, text_of_columns } from "./external_rules";
import type { Definition, Source } from "./types";
import { PRESENTATIONS } from "./words";

const NONE = ["column_line", "funnel"];
const MINUTES_MAX = 24 * 60;

interface Props {
  draft: Definition;
  change: (part: Partial<Definition>) => void;
  set: (definition: Definition) => void;
}

export function ExternalForm({ draft, change, set }: Props) {
  const { t } = useLingui();
  const translate = useTranslate();
  const source = draft.source!;
  const put = (part: Partial<Source>) => change({ source: { ...source, ...part } });
  const single = draft.presentation === "number" || draft.presentation === "gauge";
  const list = draft.presentation === "list";
  const path = (name: "rows" | "label" | "value" | "series", label: string) => (
    <TextInput
      label={label}
      placeholder="/data/0/name"
      spellCheck={false}
      value={source[name] ?? ""}
      onChange={(event) => put({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <Select
        label={t`Shown as`}
        allowDeselect={false}
        data={PRESENTATIONS.filter((one) => !NONE.includes(one.value)).map((one) => ({
          value: one.value,
          label: translate(one.label),
        }))}
        value={draft.presentation}
        onChange={(value) => set(fit_external(draft, value as Definition["presentation"]))}
      />
      <TextInput
        label={t`Address of the JSON`}
        description={t`On a host that is on the list of the connector “external data”.`}
        type="url"
        spellCheck={false}
        value={source.url}
        onChange={(event) => put({ url: event.currentTarget.value })}
      />
      {!single && path("rows", t`Where the rows are`)}
      {list && <Columns source={source} put={put} />}
      {!list && !single && path("label", t`In a row: the name`)}
      {!list && path("value", single ? t`Where the number is` : t`In a row: the number`)}
      {!list && !single && path("series", t`In a row: the series`)}
      <div className={own.pair}>
        <NumberInput
          label={t`Asked again after minutes`}
          min={1}
          max={MINUTES_MAX}
          value={source.minutes ?? 15}
          onChange={(minutes) => put({ minutes: Number(minutes) || 15 })}
        />
        {single && (
          <NumberInput
            label={t`Target`}
            value={draft.target ?? ""}
            onChange={(target) =>
              change({ target: (target === "" ? undefined : Number(target)) as never })
            }
          />
        )}
      </div>
    </>
  );
}

function Columns({ source, put }: { source: Source; put: (part: Partial<Source>) => void }) {
  const { t } = useLingui();
  const [text, set_text] = useState(text_of_columns(source.columns ?? []));
  return (
    <Textarea
      label={t`Columns, one per line`}
      description={t`As: Name = /name`}
      autosize
      minRows={3}
      spellCheck={false}
      value={text}
      onChange={(event) => {
        set_text(event.currentTarget.value);
        put({ columns: columns_of_text(event.currentTarget.value) });
      }}
    />
  );
}
