// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import type { TypeMeta } from "../../api/types";
import { EmptyState } from "../../kit/states";
import { toast } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import { type Combination, CombinePicker } from "./combine_picker";
import { CriteriaBuilder } from "./criteria_builder";
import { SelectionLink } from "./selection_page";
import { member_filter, refresh_selection, type Selection } from "./selection_queries";
import { KindIcon } from "./selection_words";
import classes from "./selections.module.css";

interface Props {
  selection: Selection;
  type: TypeMeta;
}

export default function CriteriaTab(props: Props) {
  const { t } = useLingui();
  if (props.selection.kind === "dynamic") return <DynamicCriteria {...props} />;
  if (props.selection.kind === "combined") return <CombinedCriteria {...props} />;
  return (
    <EmptyState icon={<KindIcon kind="static" size={22} />} title={t`Kept by hand`}>
      {t`It holds the records that somebody added, until somebody takes them out.`}
    </EmptyState>
  );
}

function useSave({ selection, type }: Props) {
  const { t } = useLingui();
  return useMutation({
    mutationFn: (change: Record<string, unknown>) =>
      api.patch<Selection>(`/selections/${selection.id}`, change, selection.version),
    onSuccess: () => {
      toast(t`Saved`);
      refresh_selection(selection.id, type.plural);
    },
  });
}

function DynamicCriteria(props: Props) {
  const { selection, type } = props;
  const [filter, set_filter] = useState(selection.filter ?? "");
  const save = useSave(props);
  const changed = filter !== (selection.filter ?? "");
  return (
    <div className={classes.narrow}>
      <CriteriaBuilder
        type={type}
        filter={filter}
        change={set_filter}
        disabled={!selection.is_editable}
      />
      {selection.is_editable && (
        <SaveRow
          changed={changed}
          save={save}
          reset={() => set_filter(selection.filter ?? "")}
          run={() => save.mutate({ filter })}
        />
      )}
    </div>
  );
}

function CombinedCriteria(props: Props) {
  const { selection, type } = props;
  const { t } = useLingui();
  const stored: Combination = {
    operation: selection.combine?.operation ?? "both",
    first: selection.combine?.first.id ?? null,
    second: selection.combine?.second.id ?? null,
  };
  const [combine, set_combine] = useState(stored);
  const save = useSave(props);
  const changed = JSON.stringify(combine) !== JSON.stringify(stored);
  const parts = [selection.combine?.first, selection.combine?.second];
  return (
    <div className={classes.narrow}>
      <CombinePicker
        type={type}
        value={combine}
        change={set_combine}
        self={selection.id}
        disabled={!selection.is_editable}
      />
      <p className="small dim">
        {t`Made of`}{" "}
        {parts.map(
          (part, index) =>
            part && (
              <span key={part.id}>
                {index > 0 && " · "}
                <SelectionLink id={part.id} name={part.name ?? member_filter(part.id)} />
              </span>
            ),
        )}
      </p>
      {selection.is_editable && (
        <SaveRow
          changed={changed}
          save={save}
          reset={() => set_combine(stored)}
          run={() => save.mutate({ combine })}
        />
      )}
    </div>
  );
}

interface SaveProps {
  changed: boolean;
  save: { isPending: boolean; error: unknown };
  reset: () => void;
  run: () => void;
}

function SaveRow({ changed, save, reset, run }: SaveProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  return (
    <div className={classes.save_row}>
      {!!save.error && (
        <p role="alert" className={`${classes.wrong} grow`}>
          {error_text(save.error)}
        </p>
      )}
      <Button variant="default" disabled={!changed} onClick={reset}>
        {t`Reset`}
      </Button>
      <Button disabled={!changed} loading={save.isPending} onClick={run}>
        {t`Save`}
      </Button>
    </div>
  );
}
