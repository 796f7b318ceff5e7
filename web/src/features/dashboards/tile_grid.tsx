// SPDX-License-Identifier: Apache-2.0
// The page as one looks at it: a grid of twelve columns, or one column on a phone.
import classes from "./dashboards.module.css";
import { TileCard } from "./tile_card";
import type { PageFilters, PlacedTile } from "./types";

interface Props {
  dashboard: number;
  tiles: PlacedTile[];
  filters: PageFilters;
  edit?: ((tile: PlacedTile) => void) | undefined;
  watch?: ((tile: PlacedTile) => void) | undefined;
  plain?: boolean;
}

export const in_reading_order = (tiles: PlacedTile[]) =>
  [...tiles].sort((left, right) => left.y - right.y || left.x - right.x);

export function TileGrid({ dashboard, tiles, filters, edit, watch, plain }: Props) {
  return (
    <div className={classes.grid}>
      {in_reading_order(tiles).map((tile) => (
        <div
          key={tile.id}
          className={classes.place}
          style={{
            gridColumn: `${tile.x + 1} / span ${tile.w}`,
            gridRow: `${tile.y + 1} / span ${tile.h}`,
          }}
          data-height={tile.h}
          data-tile={tile.id}
        >
          <TileCard
            dashboard={dashboard}
            tile={tile}
            filters={filters}
            edit={edit && (() => edit(tile))}
            watch={watch && (() => watch(tile))}
            plain={!!plain}
          />
        </div>
      ))}
    </div>
  );
}
