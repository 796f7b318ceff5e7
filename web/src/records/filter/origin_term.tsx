// SPDX-License-Identifier: Apache-2.0
// What a condition on an origin compares with: a kind of source, or the name of one that there is.
import { useLingui } from "@lingui/react/macro";
import { Autocomplete, Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { FieldMeta } from "../../api/types";
import type { OriginSource } from "../page/origin_queries";
import { useSourceWords } from "../page/origin_words";
import type { Operator, Term } from "./filter_text";
import { origin_of } from "./origin_fields";
import { TermInput } from "./term_input";
import classes from "./term_input.module.css";
import { bare_of } from "./term_text";

interface Props {
  field: FieldMeta;
  operator: Operator;
  terms: Term[];
  change: (terms: Term[]) => void;
}

const SUGGESTED = ["import", "register", "form", "device", "migration"];

export function OriginTerm(props: Props) {
  const { t } = useLingui();
  const kinds = useSourceWords();
  const about = origin_of(props.field.name)?.about;
  if (about === "source_name") return <SourceName {...props} />;
  if (props.field.kind !== "choice") return <TermInput {...props} />;
  const words: Record<string, string> =
    about === "source"
      ? Object.fromEntries(SUGGESTED.map((kind) => [kind, kinds[kind] ?? kind]))
      : { open: t`Not told yet`, informed: t`Told` };
  return (
    <Checkbox.Group
      label={t`Values`}
      value={props.terms.map(bare_of)}
      onChange={(next) => props.change(next.map((text) => ({ text })))}
      className={classes.options}
    >
      {Object.entries(words).map(([value, label]) => (
        <Checkbox key={value} value={value} label={label} />
      ))}
    </Checkbox.Group>
  );
}

function SourceName({ terms, change }: Props) {
  const { t } = useLingui();
  const sources = useQuery({
    queryKey: ["provenance", "sources"],
    queryFn: ({ signal }) =>
      api.get<{ items: OriginSource[] }>("/provenance/sources", { limit: 200 }, signal),
    staleTime: 60_000,
  });
  const names = [...new Set(sources.data?.items.map((source) => source.name).filter(Boolean))];
  return (
    <Autocomplete
      label={t`Value`}
      data={names}
      limit={20}
      maxLength={200}
      comboboxProps={{ withinPortal: false }}
      value={bare_of(terms[0])}
      onChange={(text) => change(text ? [{ text }] : [])}
    />
  );
}
