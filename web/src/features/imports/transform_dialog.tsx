// SPDX-License-Identifier: Apache-2.0
// What happens to the values of a column on their way into a field, shown on the first rows.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { ImportStep } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { useErrorText } from "../../records/use_translate";
import classes from "./imports.module.css";
import { useStepWords } from "./transform_text";
import { ValueMap } from "./value_map";

const SHOWN = 6;

interface Props {
  import_id: number;
  field: string;
  label: string;
  choices: string[]; // of the field's list
  steps: ImportStep[];
  change: (steps: ImportStep[]) => void;
  save: () => Promise<unknown>;
  close: () => void;
}

function fresh(op: ImportStep["op"]): ImportStep {
  if (op === "split") return { op, by: ",", part: 1 };
  if (op === "date") return { op, format: "DD/MM/YYYY" };
  if (op === "constant") return { op, value: "" };
  return op === "replace" ? { op, values: {} } : { op };
}

const is_whole = (step: ImportStep): boolean =>
  (step.op !== "split" || Boolean(step.by && step.part)) &&
  (step.op !== "date" || Boolean(step.format)) &&
  (step.op !== "constant" || Boolean(step.value));

export function TransformDialog(props: Props) {
  const { t } = useLingui();
  const { steps, label, change, close } = props;
  const error_text = useErrorText();
  const words = useStepWords();
  const save = useMutation({ mutationFn: props.save });
  const set = (at: number, step: ImportStep) =>
    change(steps.map((one, place) => (place === at ? step : one)));
  const add = (op: string) => op && change([...steps, fresh(op as ImportStep["op"])]);
  const ready = steps.every(is_whole);
  return (
    <Modal
      opened
      onClose={close}
      title={t`Values for ${label}`}
      size="lg"
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className="stack">
        {steps.map((step, at) => (
          <fieldset key={at} className={classes.step}>
            <legend>{words[step.op]}</legend>
            <StepFields {...props} step={step} set={(next) => set(at, next)} />
            <ActionIcon
              variant="subtle"
              size={28}
              aria-label={t`Remove: ${words[step.op]}`}
              onClick={() => change(steps.filter((_, place) => place !== at))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </fieldset>
        ))}
        <NativeSelect
          label={t`Add a change`}
          value=""
          data={[
            { value: "", label: t`Choose` },
            ...Object.entries(words).map(([value, text]) => ({ value, label: text })),
          ]}
          onChange={(event) => add(event.currentTarget.value)}
        />
        {save.error && (
          <p role="alert" className={classes.problem}>
            {error_text(save.error)}
          </p>
        )}
        <div className="row">
          <Button
            variant="default"
            disabled={!ready}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {t`Try it on the first rows`}
          </Button>
          <Button disabled={!ready} onClick={close}>
            {t`Done`}
          </Button>
        </div>
        {save.isSuccess && <Tried {...props} saved={save.submittedAt} />}
      </div>
    </Modal>
  );
}

interface FieldsProps extends Props {
  step: ImportStep;
  set: (step: ImportStep) => void;
}

function StepFields({ step, set, ...props }: FieldsProps) {
  const { t } = useLingui();
  if (step.op === "split")
    return (
      <>
        <TextInput
          label={t`Divided by`}
          value={step.by ?? ""}
          onChange={(event) => set({ ...step, by: event.currentTarget.value })}
        />
        <NumberInput
          label={t`Part`}
          description={t`1 is the first, -1 the last`}
          min={-100}
          max={100}
          value={step.part ?? 1}
          onChange={(part) => set({ ...step, part: Number(part) })}
        />
      </>
    );
  if (step.op === "date")
    return (
      <TextInput
        label={t`Written as`}
        description={t`YYYY, MM and DD are year, month and day`}
        value={step.format ?? ""}
        onChange={(event) => set({ ...step, format: event.currentTarget.value })}
      />
    );
  if (step.op === "constant")
    return (
      <TextInput
        label={t`Value`}
        value={step.value ?? ""}
        onChange={(event) => set({ ...step, value: event.currentTarget.value })}
      />
    );
  if (step.op === "replace")
    return (
      <ValueMap
        import_id={props.import_id}
        field={props.field}
        choices={props.choices}
        values={step.values ?? {}}
        save={props.save}
        change={(values) => set({ ...step, values })}
      />
    );
  return null;
}

interface PreviewRow {
  row: number;
  cells: Record<string, { file: string | null; field: string }>;
}

function Tried({ import_id, field, saved }: Props & { saved: number }) {
  const { t } = useLingui();
  const preview = useQuery({
    queryKey: ["import_preview", import_id, saved],
    queryFn: () => api.get<{ items: PreviewRow[] }>(`/imports/${import_id}/preview`),
  });
  const rows = (preview.data?.items ?? []).filter((row) => row.cells[field]).slice(0, SHOWN);
  if (!rows.length) return null;
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t`In the file`}</th>
          <th scope="col">{t`In the field`}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.row}>
            <td className="dim">{row.cells[field]?.file}</td>
            <td>{row.cells[field]?.field}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
