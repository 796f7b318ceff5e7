// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconHelpCircle, IconUserMinus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import type { Ref, TypeMeta } from "../../api/types";
import { EmptyState } from "../../kit/states";
import { toast, toast_error } from "../../kit/toast";
import { RecordSelect } from "../../records/fields/link/record_select";
import { chosen_of } from "../../records/list/bulk_target";
import { useListState } from "../../records/list/list_state";
import { useErrorText } from "../../records/use_translate";
import { MemberChangeDialog } from "./member_change_dialog";
import { MemberToolbar } from "./member_toolbar";
import { type Chosen, SelectionGrid } from "./selection_grid";
import { member_filter, refresh_selection, type Selection } from "./selection_queries";
import { KindIcon } from "./selection_words";
import classes from "./selections.module.css";
import { WhyDialog } from "./why_dialog";

interface Props {
  selection: Selection;
  type: TypeMeta;
}

export function MembersTab({ selection, type }: Props) {
  const { t } = useLingui();
  const state = useListState(type, false);
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
        within={member_filter(selection.id)}
        actions={
          // What was searched for cannot be said as a filter.
          keeps
            ? (chosen) =>
                !(chosen.selection.all && state.q) && (
                  <TakeOut selection={selection} type={type} chosen={chosen} />
                )
            : undefined
        }
        empty={
          <EmptyState
            icon={<KindIcon kind={selection.kind} size={22} />}
            title={filtered ? t`Nothing fits the filter` : t`Nobody is in yet`}
          >
            {!filtered && <WhereMembersComeFrom selection={selection} />}
          </EmptyState>
        }
      />
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

interface TakeOutProps extends Props {
  chosen: Chosen;
}

function TakeOut({ selection, type, chosen }: TakeOutProps) {
  const { t } = useLingui();
  const [asking, set_asking] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconUserMinus size={16} />}
        onClick={() => set_asking(true)}
      >
        {t`Take out`}
      </Button>
      {asking && (
        <MemberChangeDialog
          selection={selection}
          plural={type.plural}
          action="remove"
          chosen={chosen_of(chosen.selection, chosen.filter)}
          close={() => set_asking(false)}
          done={chosen.clear}
        />
      )}
    </>
  );
}
