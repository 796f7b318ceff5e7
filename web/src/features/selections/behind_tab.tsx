// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import type { TypeMeta } from "../../api/types";
import { EmptyState } from "../../kit/states";
import { useListState } from "../../records/list/list_state";
import { TypeIcon } from "../../records/type_icon";
import { SelectionGrid } from "./selection_grid";

export default function BehindTab({ type, filter }: { type: TypeMeta; filter: string }) {
  const { t } = useLingui();
  const state = useListState(type, false);
  return (
    <SelectionGrid
      type={type}
      state={state}
      within={filter}
      empty={
        <EmptyState
          icon={<TypeIcon type={type} size={22} />}
          title={t`None stand behind the members`}
        />
      }
    />
  );
}
