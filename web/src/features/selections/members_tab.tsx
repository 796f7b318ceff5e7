// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { IconHelpCircle, IconUserMinus, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import type { Ref, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { EmptyState } from "../../kit/states";
import { toast, toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { RecordSelect } from "../../records/fields/link/record_select";
import list_classes from "../../records/list/list_page.module.css";
import { useListState } from "../../records/list/list_state";
import { BulkActions } from "../../records/record_actions";
import { useErrorText } from "../../records/use_translate";
import { MemberChangeDialog } from "./member_change_dialog";
import { MemberToolbar } from "./member_toolbar";
import { SelectionGrid } from "./selection_grid";
import { refresh_selection, type Selection } from "./selection_queries";
import { KindIcon } from "./selection_words";
import classes from "./selections.module.css";
import { WhyDialog } from "./why_dialog";

interface Props {
  selection: Selection;
  type: TypeMeta;
}

export function MembersTab({ selection, type }: Props) {
  const { t } = useLingui();
  const state = useListState(type);
  const [selected, select] = useState<Set<number>>(new Set());
  const [asking, set_asking] = useState(false);
  const keeps = selection.kind === "static" && selection.is_editable;
  const filtered = state.filter || state.q;
  return (
    <>
      <MemberToolbar selection={selection} type={type} state={state}>
        {keeps && <AddMember selection={selection} type={type} />}
        <Button
          variant="default"
          h={30}
          leftSection={<IconHelpCircle size={16} />}
          onClick={() => set_asking(true)}
        >
          {t`Why in, or not?`}
        </Button>
      </MemberToolbar>
      <SelectionGrid
        type={type}
        state={state}
        path={`/selections/${selection.id}/members`}
        selected={selected}
        select={select}
        empty={
          <EmptyState
            icon={<KindIcon kind={selection.kind} size={22} />}
            title={filtered ? t`Nothing fits the filter` : t`Nobody is in yet`}
          >
            {!filtered && <WhereMembersComeFrom selection={selection} />}
          </EmptyState>
        }
      />
      {selected.size > 0 && (
        <MembersBar
          selection={selection}
          type={type}
          selected={selected}
          clear={() => select(new Set())}
        />
      )}
      {asking && <WhyDialog selection={selection} type={type} close={() => set_asking(false)} />}
    </>
  );
}

function WhereMembersComeFrom({ selection }: { selection: Selection }) {
  const { t } = useLingui();
  if (selection.kind === "static")
    return t`Search for a record above, or choose some in a list and add them from there.`;
  if (selection.kind === "combined") return t`Change how the two selections are combined.`;
  return t`No record fits the criteria. Loosen them under Criteria.`;
}

function AddMember({ selection, type }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const add = useMutation({
    mutationFn: (ref: Ref) =>
      api.post<{ added: number }>(`/selections/${selection.id}/members`, { ids: [ref.id] }),
    onSuccess: (answer, ref) => {
      toast(answer.added ? t`${ref.name} was added` : t`${ref.name} is already in`);
      refresh_selection(selection.id, type.plural);
    },
    onError: (error) => toast_error(error_text(error)),
  });
  return (
    <div className={classes.adder}>
      <RecordSelect
        plural={type.plural}
        value={null}
        aria_label={t`Add a record`}
        placeholder={t`Search and add`}
        on_change={(ref) => ref && add.mutate(ref)}
      />
    </div>
  );
}

interface BarProps extends Props {
  selected: Set<number>;
  clear: () => void;
}

function MembersBar({ selection, type, selected, clear }: BarProps) {
  const { t } = useLingui();
  const { can } = useDictionary();
  const [removing, set_removing] = useState(false);
  const ids = [...selected];
  const count = number_text(ids.length, 0);
  const export_url = api.url(`/${type.plural}/export`, {
    format: "xlsx",
    filter: `id in (${ids.join(", ")})`,
  });
  return (
    <section className={list_classes.bulk} aria-label={t`Selected records`}>
      <span className={list_classes.bulk_count}>{t`${count} selected`}</span>
      {selection.kind === "static" && selection.is_editable && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconUserMinus size={16} />}
          onClick={() => set_removing(true)}
        >
          {t`Take out`}
        </Button>
      )}
      <BulkActions target={{ type, ids }} />
      {can(type.name, "export") && (
        <Button variant="subtle" color="gray" component="a" href={export_url} download>
          {t`Export`}
        </Button>
      )}
      <ActionIcon aria-label={t`Clear the selection`} onClick={clear}>
        <IconX size={16} />
      </ActionIcon>
      {removing && (
        <MemberChangeDialog
          selection={selection}
          plural={type.plural}
          action="remove"
          chosen={{ ids }}
          close={() => set_removing(false)}
          done={clear}
        />
      )}
    </section>
  );
}
