// SPDX-License-Identifier: Apache-2.0
// Every selection of a record's type: whether it is in, and why.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconChevronRight, IconStack2 } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { Modal } from "../../kit/dialog";
import { Tag } from "../../kit/marks";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { toast_error } from "../../kit/toast";
import type { RecordTarget } from "../../records/record_actions";
import { useErrorText } from "../../records/use_translate";
import { SelectionLink } from "./selection_page";
import {
  type RecordSelection,
  record_selections_query,
  refresh_selection,
} from "./selection_queries";
import { KindIcon } from "./selection_words";
import classes from "./selections.module.css";
import { Reasons } from "./why_dialog";

export default function RecordDialog({
  target,
  close,
}: {
  target: RecordTarget;
  close: () => void;
}) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const record = target.ids?.[0] ?? 0;
  const name = target.name ?? `#${record}`;
  const list = useQuery(record_selections_query(target.type.plural, record));
  const items = [...(list.data?.items ?? [])].sort(
    (a, b) => Number(b.member ?? false) - Number(a.member ?? false),
  );
  return (
    <Modal
      opened
      onClose={close}
      size={560}
      title={t`Selections with ${name}`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {list.isPending && <SkeletonLines count={5} />}
      {list.isError && (
        <ErrorState title={t`This could not be shown`} detail={error_text(list.error)} />
      )}
      {list.data && !items.length && (
        <EmptyState
          icon={<IconStack2 size={22} stroke={1.5} />}
          title={t`There are no selections of this kind of record yet`}
        />
      )}
      <ul className={classes.memberships} onClickCapture={(event) => closes(event, close)}>
        {items.map((entry) => (
          <Membership key={entry.id} entry={entry} record={record} plural={target.type.plural} />
        ))}
      </ul>
    </Modal>
  );
}

// A link inside leads away; the dialog goes with it.
function closes(event: React.MouseEvent, close: () => void) {
  if ((event.target as HTMLElement).closest("a")) close();
}

interface MembershipProps {
  entry: RecordSelection;
  record: number;
  plural: string;
}

function Membership({ entry, record, plural }: MembershipProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [open, set_open] = useState(false);
  const change = useMutation({
    mutationFn: () =>
      api.post(`/selections/${entry.id}/${entry.member ? "removals" : "members"}`, {
        ids: [record],
      }),
    onSuccess: () => refresh_selection(entry.id, plural),
    onError: (error) => toast_error(error_text(error)),
  });
  return (
    <li>
      <div className="row">
        <KindIcon kind={entry.kind} />
        <span className="grow clip">
          <SelectionLink id={entry.id} name={entry.name} />
        </span>
        {entry.member !== null && (
          <Tag colour={entry.member ? "green" : "grey"}>{entry.member ? t`In` : t`Not in`}</Tag>
        )}
        {entry.kind === "static" && entry.is_editable && (
          <Button
            variant="default"
            size="xs"
            h={26}
            loading={change.isPending}
            onClick={() => change.mutate()}
          >
            {entry.member ? t`Take out` : t`Add`}
          </Button>
        )}
        <Button
          variant="subtle"
          color="gray"
          size="xs"
          h={26}
          aria-expanded={open}
          rightSection={
            <IconChevronRight size={14} className={classes.turn} data-open={open || undefined} />
          }
          onClick={() => set_open(!open)}
        >
          {t`Why?`}
        </Button>
      </div>
      {open && (
        <div className={classes.why_inside}>
          <Reasons selection={entry.id} record={record} />
        </div>
      )}
    </li>
  );
}
