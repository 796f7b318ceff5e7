// SPDX-License-Identifier: Apache-2.0
// Chosen records into a static selection, one that is there or a new one.
import { useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { number_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import type { RecordTarget } from "../../records/record_actions";
import { useErrorText } from "../../records/use_translate";
import { type Chosen, MemberChangeDialog } from "./member_change_dialog";
import { refresh_selection, type Selection, selections_query } from "./selection_queries";
import classes from "./selections.module.css";

function chosen_of(target: RecordTarget): Chosen {
  return target.ids ? { ids: target.ids } : { filter: target.filter ?? "" };
}

export default function AddDialog({ target, close }: { target: RecordTarget; close: () => void }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [way, set_way] = useState("known");
  const [id, set_id] = useState<string | null>(null);
  const [name, set_name] = useState("");
  const [into, set_into] = useState<{ id: number; name: string } | null>(null);
  const list = useQuery(selections_query(target.type.plural));
  const fitting = (list.data?.items ?? []).filter(
    (entry) => entry.kind === "static" && entry.is_editable && !entry.completed,
  );
  const create = useMutation({
    mutationFn: () =>
      api.post<Selection>("/selections", {
        name,
        record_type: target.type.name,
        kind: "static",
      }),
    onSuccess: (made) => {
      refresh_selection();
      set_into(made);
    },
  });
  if (into) {
    return (
      <MemberChangeDialog
        selection={into}
        plural={target.type.plural}
        action="add"
        chosen={chosen_of(target)}
        close={close}
      />
    );
  }
  const is_new = way === "new" || (list.data && !fitting.length);
  const next = () => {
    const known = fitting.find((entry) => String(entry.id) === id);
    if (is_new) create.mutate();
    else if (known) set_into(known);
  };
  const count = number_text(target.count ?? target.ids?.length ?? 0, 0);
  return (
    <Modal
      opened
      onClose={close}
      title={target.name ? t`Add ${target.name} to a selection` : t`Add ${count} to a selection`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          next();
        }}
      >
        {fitting.length > 0 && (
          <SegmentedControl
            aria-label={t`Which selection`}
            value={way}
            data={[
              { value: "known", label: t`One that is there` },
              { value: "new", label: t`A new one` },
            ]}
            onChange={set_way}
          />
        )}
        {is_new ? (
          <TextInput
            label={t`Name`}
            required
            data-autofocus
            maxLength={200}
            value={name}
            onChange={(event) => set_name(event.currentTarget.value)}
          />
        ) : (
          <Select
            label={t`Selection`}
            searchable
            data={fitting.map((entry) => ({ value: String(entry.id), label: entry.name }))}
            value={id}
            onChange={set_id}
          />
        )}
        {create.error && (
          <p role="alert" className={classes.wrong}>
            {error_text(create.error)}
          </p>
        )}
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
          <Button type="submit" disabled={is_new ? !name.trim() : !id} loading={create.isPending}>
            {t`Next`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
