// SPDX-License-Identifier: Apache-2.0
// The page as one arranges it: drag and resize with GridStack, or with the arrow keys on a tile.
// Loaded when somebody begins to edit.
import "gridstack/dist/gridstack.min.css";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconArrowBackUp, IconGripVertical, IconPencil, IconX } from "@tabler/icons-react";
import { GridStack, type GridStackNode } from "gridstack";
import { useEffect, useRef } from "react";
import classes from "./dashboards.module.css";
import { TileCard } from "./tile_card";
import type { PageFilters, PlacedTile } from "./types";

const COLUMNS = 12;
const ROW_PX = 64;
const GAP_PX = 8;

interface Props {
  dashboard: number;
  tiles: PlacedTile[];
  filters: PageFilters;
  arrange: (tiles: PlacedTile[]) => void;
  edit: (tile: PlacedTile) => void;
  remove: (tile: PlacedTile) => void;
  reset: (tile: PlacedTile) => void;
}

export default function EditGrid(props: Props) {
  const { t } = useLingui();
  const { place, grid } = useGrid(props);
  return (
    <div className={classes.edit_frame}>
      <p className={classes.edit_hint}>
        {t`Drag a tile by its grip, or choose the grip and use the arrow keys.`}{" "}
        {t`With Shift they change the size.`}
      </p>
      <div ref={place} className="grid-stack">
        {props.tiles.map((tile) => (
          <div
            key={tile.id}
            className="grid-stack-item"
            gs-id={String(tile.id)}
            gs-x={tile.x}
            gs-y={tile.y}
            gs-w={tile.w}
            gs-h={tile.h}
          >
            <div className="grid-stack-item-content">
              <div className={classes.edit_bar}>
                <button
                  type="button"
                  className={classes.grip}
                  aria-label={t`Move ${tile.title}`}
                  onKeyDown={(event) => move_by_key(event, tile, grid.current, props.remove)}
                >
                  <IconGripVertical size={15} aria-hidden />
                </button>
                <span className="grow" />
                {tile.standard && tile.is_own && (
                  <ActionIcon
                    size={24}
                    aria-label={t`Back to the standard tile: ${tile.title}`}
                    title={t`Back to the standard tile`}
                    onClick={() => props.reset(tile)}
                  >
                    <IconArrowBackUp size={15} />
                  </ActionIcon>
                )}
                <ActionIcon
                  size={24}
                  aria-label={t`Edit ${tile.title}`}
                  onClick={() => props.edit(tile)}
                >
                  <IconPencil size={15} />
                </ActionIcon>
                <ActionIcon
                  size={24}
                  aria-label={t`Take ${tile.title} off the page`}
                  onClick={() => props.remove(tile)}
                >
                  <IconX size={15} />
                </ActionIcon>
              </div>
              <TileCard dashboard={props.dashboard} tile={tile} filters={props.filters} plain />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

// The grid of GridStack around the elements that React makes.
function useGrid(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const grid = useRef<GridStack | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const ids = props.tiles.map((tile) => tile.id).join(",");

  useEffect(() => {
    const made = GridStack.init(
      {
        column: COLUMNS,
        cellHeight: ROW_PX + GAP_PX,
        margin: GAP_PX,
        animate: false,
        handle: `.${classes.grip}`,
        resizable: { handles: "e,se,s,sw,w" },
      },
      place.current!,
    );
    if (!made) return;
    grid.current = made;
    made.on("change", (_event: Event, nodes: GridStackNode[]) => {
      const moved = new Map(nodes.map((node) => [Number(node.id), node]));
      latest.current.arrange(
        latest.current.tiles.map((tile) => {
          const node = moved.get(tile.id);
          if (!node) return tile;
          const { x, y, w, h } = node;
          return { ...tile, x: x ?? tile.x, y: y ?? tile.y, w: w ?? tile.w, h: h ?? tile.h };
        }),
      );
    });
    return () => {
      made.destroy(false);
      grid.current = null;
    };
  }, []);

  // React made or took away the elements; the grid hears of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the set of tiles is another
  useEffect(() => {
    const made = grid.current;
    if (!made) return;
    const known = new Set(made.engine.nodes.map((node) => node.el));
    for (const element of place.current!.querySelectorAll<HTMLElement>(".grid-stack-item")) {
      if (!known.has(element as never)) made.makeWidget(element);
    }
    for (const node of [...made.engine.nodes]) {
      if (node.el && !place.current!.contains(node.el)) made.removeWidget(node.el, false, false);
    }
  }, [ids]);

  return { place, grid };
}

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function move_by_key(
  event: React.KeyboardEvent<HTMLElement>,
  tile: PlacedTile,
  grid: GridStack | null,
  remove: (tile: PlacedTile) => void,
) {
  if (event.key === "Delete") return remove(tile);
  const step = STEPS[event.key];
  const element = event.currentTarget.closest<HTMLElement>(".grid-stack-item");
  if (!step || !element || !grid) return;
  event.preventDefault();
  const [dx, dy] = step;
  grid.update(
    element,
    event.shiftKey
      ? { w: Math.max(1, Math.min(COLUMNS - tile.x, tile.w + dx)), h: Math.max(1, tile.h + dy) }
      : { x: Math.max(0, Math.min(COLUMNS - tile.w, tile.x + dx)), y: Math.max(0, tile.y + dy) },
  );
}

declare module "react" {
  interface HTMLAttributes<T> {
    "gs-id"?: string;
    "gs-x"?: number;
    "gs-y"?: number;
    "gs-w"?: number;
    "gs-h"?: number;
  }
}
