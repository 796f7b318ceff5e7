// SPDX-License-Identifier: Apache-2.0
// Keeps what was said of this file under the name of its source, for the next one.
import { useLingui } from "@lingui/react/macro";
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { useErrorText } from "../../records/use_translate";
import classes from "./imports.module.css";

export function RememberForm({ import_id, source }: { import_id: number; source: string }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [name, set_name] = useState(source);
  const [shared, set_shared] = useState(false);
  const keep = useMutation({
    mutationFn: () => api.post("/import-mappings", { import: import_id, name, shared }),
    onSuccess: () => query_client.invalidateQueries({ queryKey: ["import_mappings"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) keep.mutate();
  };
  return (
    <form className="card stack" style={{ padding: 16 }} onSubmit={submit}>
      <h3 className={classes.subtitle} style={{ margin: 0 }}>{t`Remember for the next file`}</h3>
      <div className={classes.remember}>
        <TextInput
          label={t`Name of the source`}
          maxLength={100}
          value={name}
          onChange={(event) => set_name(event.currentTarget.value)}
        />
        <Checkbox
          label={t`For everyone who imports`}
          checked={shared}
          onChange={(event) => set_shared(event.currentTarget.checked)}
        />
        <Button type="submit" variant="default" loading={keep.isPending} disabled={!name.trim()}>
          {t`Remember`}
        </Button>
      </div>
      {keep.isSuccess && <p role="status" className="small">{t`Remembered.`}</p>}
      {keep.error && (
        <p role="alert" className={classes.problem}>
          {error_text(keep.error)}
        </p>
      )}
    </form>
  );
}
