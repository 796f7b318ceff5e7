// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import type { FieldMeta, Ref, Row, TypeMeta } from "../../api/types";
import { instant_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { useDictionary } from "../dictionary";
import { FieldView } from "../fields/field";
import { is_empty } from "../fields/field_parts";
import classes from "./conflict_dialog.module.css";

interface Props {
  type: TypeMeta;
  field: FieldMeta;
  mine: unknown;
  theirs: Row;
  keep_mine: () => void;
  take_theirs: () => void;
}

export default function ConflictDialog({ field, mine, theirs, keep_mine, take_theirs }: Props) {
  const { t } = useLingui();
  const { text } = useDictionary();
  const who = (theirs.updated_by as Ref | null)?.name ?? t`someone else`;
  const when = theirs.updated_at ? instant_text(String(theirs.updated_at)) : "";
  return (
    <Modal
      opened
      onClose={take_theirs}
      title={t`Changed meanwhile`}
      centered
      size={520}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <p className="dim">{t`${who} changed this record ${when}. Choose which value stays.`}</p>
      <div className={classes.versions}>
        <Version title={t`Your value`} field={field} value={mine} />
        <Version title={t`The value now`} field={field} value={theirs[field.name]} />
      </div>
      <p className="small dim">{text(field.label, field.name)}</p>
      <div className="row" style={{ justifyContent: "flex-end", marginTop: 12 }}>
        <Button variant="default" onClick={take_theirs}>
          {t`Take theirs`}
        </Button>
        <Button onClick={keep_mine} data-autofocus>
          {t`Keep mine`}
        </Button>
      </div>
    </Modal>
  );
}

function Version({ title, field, value }: { title: string; field: FieldMeta; value: unknown }) {
  return (
    <div className={classes.version}>
      <p className="small dim">{title}</p>
      {is_empty(value) ? (
        <span className="faint">–</span>
      ) : (
        <FieldView field={field} value={value} />
      )}
    </div>
  );
}
