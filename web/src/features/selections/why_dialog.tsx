// SPDX-License-Identifier: Apache-2.0
// Why is this record in the selection, or not? Each condition in words, with a mark.
import { useLingui } from "@lingui/react/macro";
import { IconCircleCheckFilled, IconCircleX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Ref, TypeMeta } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { SkeletonLines } from "../../kit/states";
import { RecordSelect } from "../../records/fields/link/record_select";
import { useErrorText } from "../../records/use_translate";
import { explanation_query, type Selection } from "./selection_queries";
import classes from "./selections.module.css";

interface Props {
  selection: Selection;
  type: TypeMeta;
  close: () => void;
}

export function WhyDialog({ selection, type, close }: Props) {
  const { t } = useLingui();
  const [record, set_record] = useState<Ref | null>(null);
  return (
    <Modal
      opened
      onClose={close}
      title={t`Why in, or not?`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className={classes.why}>
        <RecordSelect
          plural={type.plural}
          value={record}
          label={t`Record`}
          aria_label={t`Record`}
          autofocus
          on_change={set_record}
        />
        {record ? (
          <Reasons selection={selection.id} record={record.id} />
        ) : (
          <p className="dim">{t`Choose any record, whether it is in or not.`}</p>
        )}
      </div>
    </Modal>
  );
}

export function Reasons({ selection, record }: { selection: number; record: number }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const why = useQuery(explanation_query(selection, record));
  if (why.isPending) return <SkeletonLines count={3} />;
  if (why.isError) {
    return (
      <p role="alert" className={classes.wrong}>
        {error_text(why.error)}
      </p>
    );
  }
  const { member, all, reasons } = why.data;
  return (
    <div className="stack" aria-live="polite">
      <p className={classes.verdict} data-member={member || undefined}>
        {member ? t`Yes, it is in.` : t`No, it is not in.`}
      </p>
      {reasons.length > 1 && (
        <p className="small dim">{all ? t`All of these must hold:` : t`One of these must hold:`}</p>
      )}
      <ul className={classes.reasons}>
        {reasons.map((reason) => (
          <li key={reason.text} data-holds={reason.holds || undefined}>
            {reason.holds ? <IconCircleCheckFilled size={18} /> : <IconCircleX size={18} />}
            <span>{reason.text}</span>
            <span className="visually_hidden">
              {reason.holds ? t`fulfilled` : t`not fulfilled`}
            </span>
          </li>
        ))}
      </ul>
      {!reasons.length && <p className="dim">{t`No conditions: everyone is in.`}</p>}
    </div>
  );
}
