// SPDX-License-Identifier: Apache-2.0
// The settings of a connection. A password or key that is stored is never shown: what is left empty
// stays as it is.
import { useLingui } from "@lingui/react/macro";
import { Button, Checkbox, PasswordInput, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { toast } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import classes from "./connect.module.css";
import { save_connector } from "./connect_queries";
import type { Connector, ConnectorChange, ConnectorField } from "./types";
import { useRefusalText, useSettingProblems } from "./words";

interface Props {
  connector: Connector;
  saved: () => void;
}

const lines_of = (text: string) =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);

export function ConnectionForm({ connector, saved }: Props) {
  const { t } = useLingui();
  const refusal_text = useRefusalText();
  const problems_of = useSettingProblems();
  const [url, set_url] = useState(connector.base_url);
  const [hosts, set_hosts] = useState(connector.hosts.join("\n"));
  const [values, set_values] = useState<Record<string, string>>({});
  const save = useMutation({
    mutationFn: () => save_connector(connector, change_of(connector, { url, hosts, values })),
    onSuccess: () => {
      toast(t`Saved`);
      saved();
    },
  });
  const problems = problems_of(save.error);
  const usual = connector.standard_url;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="stack" onSubmit={submit} autoComplete="off">
      {connector.url_may_change && (
        <TextInput
          label={t`Address`}
          description={t`Usually ${usual}. Another host needs its passwords and keys anew.`}
          spellCheck={false}
          value={url}
          error={problems.base_url}
          onChange={(event) => set_url(event.currentTarget.value)}
        />
      )}
      {connector.takes_hosts && (
        <Textarea
          label={t`Hosts`}
          description={t`One per line: api.example.org, or *.example.org for every name below it`}
          autosize
          minRows={2}
          spellCheck={false}
          value={hosts}
          error={problems.hosts}
          onChange={(event) => set_hosts(event.currentTarget.value)}
        />
      )}
      {connector.fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={values[field.name]}
          problem={problems[`fields.${field.name}`]}
          set={(value) => set_values((before) => with_value(before, field.name, value))}
        />
      ))}
      {save.error && !Object.keys(problems).length && (
        <p role="alert" className={classes.error}>
          {refusal_text(save.error)}
        </p>
      )}
      <div className="row" style={{ justifyContent: "flex-end" }}>
        <Button type="submit" size="xs" loading={save.isPending}>
          {t`Save`}
        </Button>
      </div>
    </form>
  );
}

function with_value(
  values: Record<string, string>,
  name: string,
  value: string | undefined,
): Record<string, string> {
  const next = { ...values };
  if (value === undefined) delete next[name];
  else next[name] = value;
  return next;
}

interface Entered {
  url: string;
  hosts: string;
  values: Record<string, string>;
}

function change_of(connector: Connector, { url, hosts, values }: Entered): ConnectorChange {
  const change: ConnectorChange = { fields: values };
  if (connector.url_may_change && url.trim() !== connector.base_url) change.base_url = url.trim();
  if (connector.takes_hosts) change.hosts = lines_of(hosts);
  return change;
}

interface FieldProps {
  field: ConnectorField;
  // Nothing: as it is stored.
  value: string | undefined;
  problem: string | undefined;
  set: (value: string | undefined) => void;
}

function FieldInput({ field, value, problem, set }: FieldProps) {
  const { t } = useLingui();
  const { text } = useDictionary();
  const label = text(field.label, field.name);
  if (!field.is_secret)
    return (
      <TextInput
        label={label}
        withAsterisk={field.is_required}
        spellCheck={false}
        value={value ?? field.value}
        error={problem}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  const removed = value === "";
  return (
    <div>
      <PasswordInput
        label={label}
        withAsterisk={field.is_required}
        autoComplete="new-password"
        placeholder={field.is_set && !removed ? t`Stored; leave empty to keep it` : ""}
        value={value ?? ""}
        error={problem}
        visibilityToggleButtonProps={{ "aria-label": t`Show ${label}` }}
        onChange={(event) => set(event.currentTarget.value || undefined)}
      />
      {field.is_set && !field.is_required && (
        <Checkbox
          mt={6}
          size="xs"
          label={t`Remove what is stored`}
          checked={removed}
          onChange={(event) => set(event.currentTarget.checked ? "" : undefined)}
        />
      )}
    </div>
  );
}
