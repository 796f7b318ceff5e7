// SPDX-License-Identifier: Apache-2.0
// Typed, directed relations between any two records.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconLink, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../../api/client";
import { refresh_record, relations_query } from "../../api/queries";
import type { ListItem, Ref, Row, TypeMeta } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { toast_error } from "../../kit/toast";
import { useDictionary } from "../dictionary";
import { RecordSelect } from "../fields/link/record_select";
import { TypeIcon } from "../type_icon";
import { useErrorText } from "../use_translate";

interface Props {
  type: TypeMeta;
  record: Row;
}

export default function RelationsTab({ type, record }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const [adding, set_adding] = useState(false);
  const relations = useQuery(relations_query(type.plural, record.id));
  const remove = useMutation({
    mutationFn: (id: number) => api.remove(`/relations/${id}`),
    onSuccess: () => refresh_record(type.plural, record.id),
    onError: (error) => toast_error(error_text(error)),
  });
  if (relations.isPending) return <SkeletonLines />;
  if (relations.isError) {
    return (
      <ErrorState
        title={t`The relations could not be shown`}
        detail={error_text(relations.error)}
        retry={() => void relations.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  const items = relations.data.items;
  const editable = record.rights?.update ?? dictionary.can(type.name, "update");
  const add = editable && (
    <Button variant="default" leftSection={<IconPlus size={15} />} onClick={() => set_adding(true)}>
      {t`Add relation`}
    </Button>
  );
  return (
    <div className="stack" style={{ maxWidth: 720 }}>
      {items.length ? (
        <>
          <div className="row" style={{ justifyContent: "flex-end" }}>
            {add}
          </div>
          <div className="card table_scroll">
            <table className="table">
              <tbody>
                {items.map((item) => {
                  const target = dictionary.type(item.record.type);
                  return (
                    <tr key={item.id}>
                      <td className="dim">{item.sentence ?? item.kind.label}</td>
                      <td>
                        <span className="row">
                          <TypeIcon type={target} size={15} />
                          <Link
                            to="/$plural/$id"
                            params={{
                              plural: target?.plural ?? item.record.type,
                              id: String(item.record.id),
                            }}
                          >
                            {item.record.name}
                          </Link>
                        </span>
                      </td>
                      <td className="dim">{item.note}</td>
                      <td align="right">
                        {editable && (
                          <ActionIcon
                            aria-label={t`Remove ${item.record.name}`}
                            onClick={() => remove.mutate(item.id)}
                          >
                            <IconTrash size={15} />
                          </ActionIcon>
                        )}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        </>
      ) : (
        <EmptyState icon={<IconLink size={20} />} title={t`No relations yet`} action={add}>
          {t`Relate this to any other record: an adviser, a subsidiary, a competitor.`}
        </EmptyState>
      )}
      {adding && <RelationDialog type={type} record={record} close={() => set_adding(false)} />}
    </div>
  );
}

// A kind of relation names the types that it leads from and to, or is for all.
function is_made_for(kind: ListItem, end: "from" | "to", type: string) {
  const types = kind.extra?.[end];
  return !Array.isArray(types) || types.length === 0 || types.includes(type);
}

function RelationDialog({ type, record, close }: Props & { close: () => void }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const kinds = dictionary
    .items("relation_kind")
    .filter((item) => !item.retired && is_made_for(item, "from", type.name));
  const [kind, set_kind] = useState<string | null>(kinds[0]?.key ?? null);
  const chosen = kinds.find((item) => item.key === kind);
  const types = dictionary.meta.types.filter(
    (entry) => !entry.system && (!chosen || is_made_for(chosen, "to", entry.name)),
  );
  const [wanted, set_target] = useState(type.name);
  const target = types.some((entry) => entry.name === wanted) ? wanted : (types[0]?.name ?? "");
  const [other, set_other] = useState<Ref | null>(null);
  const [note, set_note] = useState("");
  const save = useMutation({
    mutationFn: () =>
      api.post(`/${type.plural}/${record.id}/relations`, {
        kind,
        type: target,
        id: other?.id,
        note,
      }),
    onSuccess: () => {
      refresh_record(type.plural, record.id);
      close();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (kind && other) save.mutate();
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t`Add relation`}
      size={440}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        <Select
          label={t`Kind`}
          data={kinds.map((item) => ({
            value: item.key,
            label: dictionary.text(item.label, item.key),
          }))}
          value={kind}
          onChange={(next) => {
            set_kind(next);
            set_other(null);
          }}
        />
        <Select
          label={t`Record type`}
          allowDeselect={false}
          data={types.map((entry) => ({
            value: entry.name,
            label: dictionary.text(entry.label, entry.name),
          }))}
          value={target}
          onChange={(next) => {
            set_target(next ?? type.name);
            set_other(null);
          }}
        />
        <RecordSelect
          key={target}
          plural={dictionary.type(target)?.plural ?? ""}
          label={t`Record`}
          aria_label={t`Record`}
          value={other}
          on_change={set_other}
        />
        <TextInput
          label={t`Note`}
          value={note}
          onChange={(event) => set_note(event.currentTarget.value)}
        />
        {save.error && (
          <p role="alert" style={{ color: "var(--danger)" }}>
            {error_text(save.error)}
          </p>
        )}
        <Button type="submit" loading={save.isPending} disabled={!kind || !other}>
          {t`Save`}
        </Button>
      </form>
    </Modal>
  );
}
