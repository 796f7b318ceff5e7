// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import { IconArchive, IconDownload, IconPencil, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { refresh_record } from "../../api/queries";
import type { Page, Row, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { toast, toast_error } from "../../kit/toast";
import { useDictionary } from "../dictionary";
import { BulkActions } from "../record_actions";
import { useErrorText } from "../use_translate";
import { BulkEditDialog } from "./bulk_edit_dialog";
import classes from "./list_page.module.css";
import type { ListState } from "./list_state";

interface Props {
  type: TypeMeta;
  state: ListState;
  selected: Set<number>;
  clear: () => void;
  count: Page<Row>["count"];
}

// Requests in flight at once while archiving what was selected.
const ARCHIVE_LANES = 4;

export default function BulkBar({ type, state, selected, clear }: Props) {
  const { t } = useLingui();
  const { can } = useDictionary();
  const [dialog, set_dialog] = useState<"edit" | "archive" | null>(null);
  const count = number_text(selected.size, 0);
  const ids = [...selected];
  const export_url = api.url(`/${type.plural}/export`, {
    format: "xlsx",
    filter: `id in (${ids.join(", ")})`,
    fields: state.columns.map((column) => column.path).join(","),
  });
  return (
    <>
      <section className={classes.bulk} aria-label={t`Selected records`}>
        <span className={classes.bulk_count}>{t`${count} selected`}</span>
        {can(type.name, "update") && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconPencil size={16} />}
            onClick={() => set_dialog("edit")}
          >
            {t`Edit`}
          </Button>
        )}
        {can(type.name, "archive") && (
          <Button
            variant="subtle"
            color="gray"
            leftSection={<IconArchive size={16} />}
            onClick={() => set_dialog("archive")}
          >
            {t`Archive`}
          </Button>
        )}
        <BulkActions target={{ type, ids }} />
        {can(type.name, "export") && (
          <Button
            variant="subtle"
            color="gray"
            component="a"
            href={export_url}
            download
            leftSection={<IconDownload size={16} />}
          >
            {t`Export`}
          </Button>
        )}
        <ActionIcon aria-label={t`Clear the selection`} onClick={clear}>
          <IconX size={16} />
        </ActionIcon>
      </section>
      {dialog === "edit" && <BulkEditDialog type={type} ids={ids} close={() => set_dialog(null)} />}
      {dialog === "archive" && (
        <ArchiveDialog type={type} ids={ids} close={() => set_dialog(null)} done={clear} />
      )}
    </>
  );
}

interface ArchiveProps {
  type: TypeMeta;
  ids: number[];
  close: () => void;
  done: () => void;
}

function ArchiveDialog({ type, ids, close, done }: ArchiveProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const archive = useMutation({
    mutationFn: () => archive_all(type.plural, ids),
    onSuccess: () => {
      toast(t`Archived. You find it in the bin.`);
      done();
      close();
    },
    onError: (error) => toast_error(error_text(error)),
    onSettled: () => refresh_record(type.plural),
  });
  const count = number_text(ids.length, 0);
  return (
    <ConfirmDialog
      title={t`Archive ${count} records?`}
      confirm={t`Archive`}
      cancel={t`Cancel`}
      busy={archive.isPending}
      on_confirm={() => archive.mutate()}
      close={close}
    >
      {t`They move to the bin, from where they can be restored.`}
    </ConfirmDialog>
  );
}

async function archive_all(plural: string, ids: number[]): Promise<void> {
  const waiting = [...ids];
  const lane = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      await api.remove(`/${plural}/${id}`);
    }
  };
  await Promise.all(Array.from({ length: ARCHIVE_LANES }, lane));
}
