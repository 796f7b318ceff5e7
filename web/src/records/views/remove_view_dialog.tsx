// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import type { SavedView, TypeMeta } from "../../api/types";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import type { ListState } from "../list/list_state";
import { useRemoveView } from "./use_view_changes";

interface Props {
  type: TypeMeta;
  state: ListState;
  view: SavedView;
  close: () => void;
}

export default function RemoveViewDialog({ type, state, view, close }: Props) {
  const { t } = useLingui();
  const remove = useRemoveView(type);
  const gone = () => {
    close();
    state.open("all");
  };
  return (
    <ConfirmDialog
      title={t`Remove the view “${view.name}”?`}
      confirm={t`Remove`}
      cancel={t`Cancel`}
      danger
      busy={remove.isPending}
      on_confirm={() => remove.mutate(view.id, { onSuccess: gone })}
      close={close}
    >
      {t`Only the view goes; the records stay.`}
    </ConfirmDialog>
  );
}
