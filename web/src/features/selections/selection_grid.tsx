// SPDX-License-Identifier: Apache-2.0
// Records of a selection as a list: the same columns, order, filter and bulk actions as everywhere.
import { useLingui } from "@lingui/react/macro";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import type { TypeMeta } from "../../api/types";
import {
  type GridSelection,
  is_selected,
  NOTHING,
  selected_count,
} from "../../kit/data_grid/grid_selection";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { ListBody } from "../../records/list/list_body";
import type { useListState } from "../../records/list/list_state";
import { MatchBanner, useMatchCount } from "../../records/list/match_banner";
import { narrowed } from "../../records/list/use_group_rows";
import { useRows } from "../../records/list/use_rows";
import { useTrailOf } from "../../records/list_trail";
import { useErrorText } from "../../records/use_translate";
import classes from "./selections.module.css";

const BulkBar = lazy(() => import("../../records/list/bulk_bar"));

export interface Chosen {
  selection: GridSelection;
  filter: string;
  clear: () => void;
}

interface Props {
  type: TypeMeta;
  state: ReturnType<typeof useListState>;
  // A filter that all rows fit, whatever else the list is narrowed down to.
  within: string;
  empty: ReactNode;
  actions?: ((chosen: Chosen) => ReactNode) | undefined;
}

export function SelectionGrid({ type, within, empty, actions, ...props }: Props) {
  const state = { ...props.state, filter: narrowed(props.state.filter, within) };
  const rows = useRows(type, state);
  useTrailOf(type.plural, rows.trail);
  const [selection, select] = useState<GridSelection>(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another filter is another selection
  useEffect(() => select(NOTHING), [state.filter, state.q]);
  const total = useMatchCount(type, state, selection.all) ?? 0;
  const some = selected_count(selection, total) > 0;
  const clear = () => select(NOTHING);
  if (rows.error) return <GridError error={rows.error} retry={rows.retry} />;
  if (rows.is_pending) {
    return (
      <div className={classes.pad}>
        <SkeletonLines count={12} />
      </div>
    );
  }
  if (!rows.grid.count) return empty;
  return (
    <>
      <MatchBanner
        type={type}
        state={state}
        selection={selection}
        select={select}
        page_selected={some && rows.loaded_ids().every((id) => is_selected(selection, id))}
        more={rows.has_more}
      />
      <ListBody type={type} state={state} rows={rows} selection={selection} select={select} />
      {some && (
        <Suspense>
          <BulkBar type={type} state={state} selection={selection} total={total} clear={clear}>
            {actions?.({ selection, filter: state.filter, clear })}
          </BulkBar>
        </Suspense>
      )}
    </>
  );
}

function GridError({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  return (
    <ErrorState
      title={t`The list could not be shown`}
      detail={error_text(error)}
      retry={retry}
      retry_label={t`Try again`}
    />
  );
}
