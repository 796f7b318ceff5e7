// SPDX-License-Identifier: Apache-2.0
// A change of many records: choose, see what would happen, start. The work goes on in the tray.
import { useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../api/client";
import type { BulkPreview, FieldMeta, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import type { GridSelection } from "../../kit/data_grid/grid_selection";
import { Modal } from "../../kit/dialog";
import { SkeletonLines } from "../../kit/states";
import { useDictionary } from "../dictionary";
import { FieldInput } from "../fields/field";
import { to_wire } from "../fields/field_parts";
import { watch_job } from "../jobs/watched_jobs";
import { useErrorText } from "../use_translate";
import { BulkSample } from "./bulk_sample";
import { bulk_target } from "./bulk_target";
import type { ListState } from "./list_state";

export type BulkAction = "edit" | "owner" | "archive";

interface Props {
  type: TypeMeta;
  action: BulkAction;
  state: ListState;
  selection: GridSelection;
  number: number;
  close: () => void;
  done: () => void;
}

const NOT_IN_BULK = ["file", "links"];

function editable_fields(type: TypeMeta): FieldMeta[] {
  return type.fields.filter(
    (field) =>
      !field.read_only && !field.computed && !field.hidden && !NOT_IN_BULK.includes(field.kind),
  );
}

export function BulkDialog(props: Props) {
  const { type, action, state, selection, number, close, done } = props;
  const { t } = useLingui();
  const error_text = useErrorText();
  const [name, set_name] = useState<string | null>(action === "owner" ? "owner" : null);
  const [value, set_value] = useState<unknown>(null);
  const body = {
    ...bulk_target(selection, state),
    ...(action === "archive"
      ? { action: "archive" }
      : { changes: name ? { [name]: to_wire(value) } : {} }),
  };
  const path = `/${type.plural}/bulk-edits`;
  const preview = useMutation({
    mutationFn: () => api.post<BulkPreview>(path, { ...body, preview: true }),
  });
  const run = useMutation({
    mutationFn: () => api.post<{ job: number }>(path, { ...body, preview: false }),
    onSuccess: ({ job }) => {
      watch_job(job);
      done();
      close();
    },
  });
  const { mutate: look, reset } = preview;
  useEffect(() => {
    if (action === "archive") look();
  }, [action, look]);
  const error = preview.error ?? run.error;
  const chosen = number_text(number, 0);
  const titles = {
    edit: t`Edit ${chosen} records`,
    owner: t`Assign ${chosen} records`,
    archive: t`Archive ${chosen} records?`,
  };
  return (
    <Modal
      opened
      onClose={close}
      size={560}
      title={titles[action]}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className="stack">
        {action === "archive" ? (
          <p className="dim">{t`They move to the bin, from where they can be restored.`}</p>
        ) : (
          <WhatToChange
            type={type}
            name={name}
            fixed={action === "owner"}
            value={value}
            set_name={set_name}
            set_value={set_value}
            changed={reset}
          />
        )}
        {preview.isPending && <SkeletonLines count={4} />}
        {preview.data && <BulkSample type={type} action={action} preview={preview.data} />}
        {error && (
          <p role="alert" style={{ color: "var(--danger)" }}>
            {error_text(error)}
          </p>
        )}
        <Buttons
          action={action}
          preview={preview.data}
          ready={action === "archive" || name !== null}
          looking={preview.isPending}
          running={run.isPending}
          look={() => look()}
          run={() => run.mutate()}
        />
      </div>
    </Modal>
  );
}

interface WhatProps {
  type: TypeMeta;
  name: string | null;
  fixed: boolean;
  value: unknown;
  set_name: (name: string | null) => void;
  set_value: (value: unknown) => void;
  changed: () => void;
}

function WhatToChange({ type, name, fixed, value, set_name, set_value, changed }: WhatProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const field = type.fields.find((entry) => entry.name === name);
  return (
    <>
      {!fixed && (
        <Select
          label={t`Field`}
          data={editable_fields(type).map((entry) => ({
            value: entry.name,
            label: dictionary.text(entry.label, entry.name),
          }))}
          searchable
          value={name}
          data-autofocus
          onChange={(next) => {
            set_name(next);
            set_value(null);
            changed();
          }}
        />
      )}
      {field && (
        <FieldInput
          key={field.name}
          field={field}
          label={fixed ? dictionary.text(field.label, field.name) : t`New value`}
          value={value}
          on_change={(next) => {
            set_value(next);
            changed();
          }}
        />
      )}
    </>
  );
}

interface ButtonsProps {
  action: BulkAction;
  preview: BulkPreview | undefined;
  ready: boolean;
  looking: boolean;
  running: boolean;
  look: () => void;
  run: () => void;
}

function Buttons({ action, preview, ready, looking, running, look, run }: ButtonsProps) {
  const { t } = useLingui();
  const count = number_text(preview?.count ?? 0, 0);
  return (
    <div className="row" style={{ justifyContent: "flex-end" }}>
      {preview ? (
        <Button loading={running} disabled={preview.count === 0} onClick={run} data-autofocus>
          {action === "archive" ? t`Archive ${count} records` : t`Change ${count} records`}
        </Button>
      ) : (
        <Button disabled={!ready} loading={looking} onClick={look}>
          {t`Preview`}
        </Button>
      )}
    </div>
  );
}
