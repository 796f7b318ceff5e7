// SPDX-License-Identifier: Apache-2.0
// The dashboard of a selection: standard tiles about its records, or those of any page, that count
// its members alone. Which page, each user decides for each selection.
import { useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { IconChartBar } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { TypeMeta } from "../../api/types";
import { store, stored } from "../../base/stored";
import { EmptyState, ErrorState, LoadingState } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import type { MemberChartsProps } from "../../records/member_charts";
import { useErrorText } from "../../records/use_translate";
import classes from "./dashboards.module.css";
import { packed, within_members } from "./member_tiles";
import { dashboard_query, dashboards_query, library_query, useLiveTiles } from "./queries";
import { in_reading_order, TileGrid } from "./tile_grid";
import type { Definition, LibraryTile, PageFilters, PlacedTile } from "./types";

const OWN = "own";
const OWN_TILES_MAX = 9;
const NUMBERS_MAX = 3;
const NO_FILTERS: PageFilters = {};
const SIZES: Record<string, [number, number]> = { number: [4, 4], list: [8, 5], gauge: [4, 5] };

export default function MemberCharts({ type, selection }: MemberChartsProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const key = `selection.${selection}.charts`;
  const [page, set_page] = useState(() => stored(key) || OWN);
  const list = useQuery(dashboards_query);
  useLiveTiles();
  const types = dictionary.text(type.label_plural, type.plural);
  const pages = [
    { value: OWN, label: t`Standard tiles: ${types}` },
    ...(list.data?.items ?? []).map((one) => ({ value: String(one.id), label: one.name })),
  ];
  const known = pages.some((one) => one.value === page) ? page : OWN;
  return (
    <div className={classes.members}>
      <Select
        label={t`Which tiles`}
        description={t`They count the members of this selection alone.`}
        data={pages}
        value={known}
        allowDeselect={false}
        searchable
        w={300}
        maw="100%"
        onChange={(next) => {
          store(key, next ?? OWN);
          set_page(next ?? OWN);
        }}
      />
      <MemberGrid key={known} page={known} type={type} selection={selection} />
    </div>
  );
}

function MemberGrid({ page, type, selection }: MemberChartsProps & { page: string }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const library = useQuery({ ...library_query, enabled: page === OWN });
  const dashboard = useQuery({ ...dashboard_query(Number(page)), enabled: page !== OWN });
  const answer = page === OWN ? library : dashboard;
  if (answer.isError) {
    return (
      <ErrorState
        title={t`The tiles could not be shown`}
        detail={error_text(answer.error)}
        retry={() => void answer.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  if (answer.isPending) return <LoadingState label={t`Loading`} />;
  const fits = (definition: Definition | null) =>
    within_members(dictionary, definition, type, selection);
  const own = (library.data?.items ?? []).filter((tile) => fits(tile.definition));
  const tiles =
    page === OWN ? own_tiles(own, type).slice(0, OWN_TILES_MAX) : (dashboard.data?.tiles ?? []);
  const shown = packed(
    in_reading_order(tiles).flatMap((tile): PlacedTile[] => {
      const definition = fits(tile.definition);
      return definition ? [{ ...tile, definition, unsaved: true }] : [];
    }),
  );
  if (!shown.length) {
    return (
      <EmptyState icon={<IconChartBar size={22} stroke={1.5} />} title={t`No tile fits`}>
        {t`None of these tiles is about the members or what belongs to them. Choose another page.`}
      </EmptyState>
    );
  }
  return <TileGrid dashboard={-selection} tiles={shown} filters={NO_FILTERS} />;
}

// The library as a page: some numbers, then charts and lists; what is about the members themselves
// comes first. Tiles of one's own records say little about a selection.
function own_tiles(library: LibraryTile[], type: TypeMeta): PlacedTile[] {
  const wanted = library.filter(({ definition }) => definition.scope !== "mine");
  const is_number = ({ definition }: LibraryTile) => definition.presentation === "number";
  const about = ({ definition }: LibraryTile) => (definition.record_type === type.name ? 0 : 1);
  const best = (tiles: LibraryTile[]) => [...tiles].sort((a, b) => about(a) - about(b));
  const numbers = best(wanted.filter(is_number)).slice(0, NUMBERS_MAX);
  const charts = best(wanted.filter((tile) => !is_number(tile)));
  return [...numbers, ...charts].map((tile, place): PlacedTile => {
    const [w, h] = SIZES[tile.definition.presentation] ?? [4, 5];
    const { key, definition, title } = tile;
    return {
      id: -1 - place,
      standard: key,
      is_own: false,
      definition,
      title,
      x: 0,
      y: place,
      w,
      h,
    };
  });
}
