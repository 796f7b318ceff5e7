// SPDX-License-Identifier: Apache-2.0
// What the server has to say of a record beside its values, each with what can be done about it.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import type { Notice, Row, TypeMeta } from "../../api/types";
import { money_text } from "../../base/format";
import { useDictionary } from "../dictionary";
import classes from "./record_notices.module.css";
import { useSaveField } from "./use_save_field";

export function RecordNotices({ type, record }: { type: TypeMeta; record: Row }) {
  const notices = record.notices?.filter((notice) => notice.code === "differs_from_sum") ?? [];
  return notices.map((notice) => (
    <SumNotice key={notice.field} type={type} record={record} notice={notice} />
  ));
}

interface SumProps {
  type: TypeMeta;
  record: Row;
  notice: Notice;
}

function SumNotice({ type, record, notice }: SumProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const save = useSaveField(type, record, () => {});
  const [link = ""] = notice.sum_of.split(".");
  const summed = type.backlinks?.find((backlink) => backlink.name === link)?.type ?? "";
  const lines = dictionary.text(dictionary.type(summed)?.label_plural, link);
  const field = dictionary.text(dictionary.field(type, notice.field)?.label, notice.field);
  const sum = money_text(notice.sum);
  const editable = record.rights?.update ?? dictionary.can(type.name, "update");
  return (
    <div role="note" className={classes.notice}>
      <IconAlertTriangle size={16} aria-hidden className={classes.icon} />
      <span className="grow">
        {t`${lines} add up to ${sum}; ${field} says something else.`}
        {save.message && (
          <span role="alert" className={classes.problem}>
            {save.message}
          </span>
        )}
      </span>
      {editable && (
        <Button
          variant="default"
          size="compact-sm"
          loading={save.busy}
          onClick={() => save.run({ [notice.field]: notice.sum })}
        >
          {t`Use the sum`}
        </Button>
      )}
    </div>
  );
}
