// SPDX-License-Identifier: Apache-2.0
// Archives records one by one: for who may archive them, but not change many at once.
import { useLingui } from "@lingui/react/macro";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { refresh_record } from "../../api/queries";
import type { TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { toast, toast_error } from "../../kit/toast";
import { useErrorText } from "../use_translate";

interface Props {
  type: TypeMeta;
  ids: number[];
  close: () => void;
  done: () => void;
}

// Requests in flight at once.
const LANES = 4;

export function ArchiveSomeDialog({ type, ids, close, done }: Props) {
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
  await Promise.all(Array.from({ length: LANES }, lane));
}
