// SPDX-License-Identifier: Apache-2.0
// "Select all 12,480 that match": offered when every row on the page is selected, and says so when
// all are.
import { useLingui } from "@lingui/react/macro";
import { Button, Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { count_query } from "../../api/queries";
import type { TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { EVERYTHING, type GridSelection, NOTHING } from "../../kit/data_grid/grid_selection";
import { EXCEPT_MAX } from "./bulk_target";
import classes from "./list_page.module.css";
import type { ListState } from "./list_state";

interface Props {
  type: TypeMeta;
  state: ListState;
  selection: GridSelection;
  select: (selection: GridSelection) => void;
  page_selected: boolean;
  more: boolean;
}

// How many match, exactly; asked for only when somebody needs to know.
export function useMatchCount(type: TypeMeta, state: ListState, wanted: boolean) {
  const { data } = useQuery({
    ...count_query(type.plural, { filter: state.filter, q: state.q }),
    enabled: wanted,
  });
  return data;
}

export function MatchBanner({ type, state, selection, select, page_selected, more }: Props) {
  const { t } = useLingui();
  const offered = page_selected && more && !selection.all;
  const total = useMatchCount(type, state, offered || selection.all);
  if (!offered && !selection.all) return null;
  const all = number_text(total ?? 0, 0);
  const page = number_text(selection.ids.size, 0);
  return (
    <div className={classes.match} role="status">
      {total === undefined ? (
        <Loader size={14} />
      ) : selection.all ? (
        <>
          <span>
            {selection.ids.size
              ? t`All ${all} that match are selected, but ${page} taken out.`
              : t`All ${all} that match are selected.`}
          </span>
          {selection.ids.size > EXCEPT_MAX && (
            <span style={{ color: "var(--danger)" }}>
              {t`Too many taken out: narrow the filter instead.`}
            </span>
          )}
          <Button variant="subtle" size="compact-sm" onClick={() => select(NOTHING)}>
            {t`Clear the selection`}
          </Button>
        </>
      ) : (
        <>
          <span>{t`The ${page} records shown are selected.`}</span>
          <Button variant="subtle" size="compact-sm" onClick={() => select(EVERYTHING)}>
            {t`Select all ${all} that match`}
          </Button>
        </>
      )}
    </div>
  );
}
