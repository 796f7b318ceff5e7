// SPDX-License-Identifier: Apache-2.0
// The name of a view and who sees it: for a new one, and for one that is there.
import { useLingui } from "@lingui/react/macro";
import { Button, MultiSelect, Radio, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import type { Page, Row, SavedView, TypeMeta } from "../../api/types";
import { Modal } from "../../kit/dialog";
import type { ListState } from "../list/list_state";
import { useSaveView } from "./use_view_changes";

interface Props {
  type: TypeMeta;
  state: ListState;
  // Absent: a new view of what the list shows now.
  view?: SavedView;
  close: () => void;
}

export default function SaveViewDialog({ type, state, view, close }: Props) {
  const { t } = useLingui();
  const [name, set_name] = useState(view?.name ?? "");
  const [visible_for, set_visible_for] = useState(view?.visible_for ?? "me");
  const [groups, set_groups] = useState(view?.groups.map(String) ?? []);
  const save = useSaveView(type);
  const body = {
    name: name.trim(),
    visible_for,
    groups: visible_for === "groups" ? groups.map(Number) : [],
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(
      { view, body: view ? body : { ...body, definition: state.definition } },
      {
        onSuccess: (saved) => {
          if (!view) state.open(saved.id);
          close();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={close}
      size={440}
      title={view ? t`Name and sharing` : t`Save as a new view`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        <TextInput
          label={t`Name`}
          value={name}
          maxLength={200}
          required
          data-autofocus
          onChange={(event) => set_name(event.currentTarget.value)}
        />
        <Radio.Group
          label={t`Who sees it`}
          value={visible_for}
          onChange={(next) => set_visible_for(next as SavedView["visible_for"])}
        >
          <div className="stack" style={{ gap: 8, marginTop: 6 }}>
            <Radio value="me" label={t`Only me`} />
            <Radio value="groups" label={t`Some groups`} />
            <Radio value="everyone" label={t`Everyone`} />
          </div>
        </Radio.Group>
        {visible_for === "groups" && <Groups value={groups} change={set_groups} />}
        <p className="small dim">
          {t`Those who see the view see only the records that they may see anyway.`}
        </p>
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={save.isPending} disabled={!body.name}>
            {t`Save`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Groups({ value, change }: { value: string[]; change: (value: string[]) => void }) {
  const { t } = useLingui();
  const { data } = useQuery({
    queryKey: ["list", "groups", "names"],
    queryFn: () => api.get<Page<Row>>("/groups", { fields: "name", sort: "name", limit: 500 }),
  });
  return (
    <MultiSelect
      label={t`Groups`}
      data={data?.items.map((group) => ({ value: String(group.id), label: String(group.name) }))}
      value={value}
      searchable
      onChange={change}
    />
  );
}
