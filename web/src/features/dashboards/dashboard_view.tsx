// SPDX-License-Identifier: Apache-2.0
// One dashboard: its head, its filters, and its tiles to look at or to arrange.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconLayoutGridAdd } from "@tabler/icons-react";
import { useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { query_client } from "../../api/queries";
import { EmptyState, LoadingState } from "../../kit/states";
import { toast, toast_error } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import { save_dashboard, tiles_body, undo_dashboard } from "./actions";
import { DashboardHeader } from "./dashboard_header";
import classes from "./dashboards.module.css";
import { library_query } from "./queries";
import { TileGrid } from "./tile_grid";
import type { Dashboard, DashboardHead, Definition, PageFilters, PlacedTile } from "./types";

const BEHIND_MS = 80;
const ALERTS_BEHIND_MS = 2_500;
const QuickFilters = lazy(() => import("./quick_filters"));
const EditGrid = lazy(() => import("./edit_grid"));
const TileLibrary = lazy(() => import("./tile_library"));
const TileBuilder = lazy(() => import("./tile_builder"));
const WallMode = lazy(() => import("./wall_mode"));
const AlertsBehind = lazy(() => import("./alerts_behind"));

const NAMES = ["period", "owner", "group", "country", "scope"] as const;
const SIZES: Record<string, [number, number]> = { number: [4, 2], list: [6, 5], gauge: [3, 4] };

function useFilters(page: Dashboard): PageFilters {
  const search = useSearch({ strict: false }) as Record<string, string | undefined>;
  return useMemo(() => {
    const own = NAMES.flatMap((name) => (search[name] ? [[name, search[name]]] : []));
    const chosen = own.length ? Object.fromEntries(own) : page.filters;
    return search.record ? { ...chosen, record: search.record } : chosen;
  }, [search, page.filters]);
}

export function DashboardView({ page, list }: { page: Dashboard; list: DashboardHead[] }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const filters = useFilters(page);
  const draft = useDraft(page);
  const [library, set_library] = useState(false);
  const [building, set_building] = useState<PlacedTile | "new" | null>(null);
  const [wall, set_wall] = useState(false);
  const [watching, set_watching] = useState<PlacedTile | "all" | null>(null);
  const [busy, set_busy] = useState(false);

  const save = async () => {
    set_busy(true);
    try {
      await save_dashboard(page, { tiles: tiles_body(draft.tiles) });
      draft.end();
      toast(
        <span className="row">
          {t`Saved`}
          <Button variant="subtle" size="xs" onClick={() => void undo_dashboard(page.id)}>
            {t`Undo`}
          </Button>
        </span>,
      );
    } catch (error) {
      toast_error(error_text(error));
    } finally {
      set_busy(false);
    }
  };
  const edit_tile = page.editable
    ? (tile: PlacedTile) => {
        draft.begin();
        set_building(tile);
      }
    : undefined;
  const tiles = draft.editing ? draft.tiles : page.tiles;
  return (
    <div className="page">
      <DashboardHeader
        page={page}
        list={list}
        filters={filters}
        editing={draft.editing}
        busy={busy}
        begin={draft.begin}
        cancel={draft.end}
        save={() => void save()}
        add={() => set_library(true)}
        wall={() => set_wall(true)}
        alerts={() => set_watching("all")}
      />
      <FiltersBehind filters={filters} />
      <div className={`page_scroll ${classes.scroll}`}>
        {!tiles.length && (
          <EmptyState
            icon={<IconLayoutGridAdd size={22} stroke={1.5} />}
            title={t`An empty page`}
            action={
              page.editable && (
                <Button
                  onClick={() => {
                    draft.begin();
                    set_library(true);
                  }}
                >
                  {t`Add a tile`}
                </Button>
              )
            }
          >
            {t`Choose from the standard tiles, or build your own.`}
          </EmptyState>
        )}
        {draft.editing ? (
          <Suspense fallback={<LoadingState label={t`Loading`} />}>
            <EditGrid
              dashboard={page.id}
              tiles={draft.tiles}
              filters={filters}
              arrange={draft.arrange}
              edit={(tile) => set_building(tile)}
              remove={(tile) => draft.remove(tile.id)}
              reset={(tile) => void draft.reset(tile)}
            />
          </Suspense>
        ) : (
          <TileGrid
            dashboard={page.id}
            tiles={tiles}
            filters={filters}
            edit={edit_tile}
            watch={set_watching}
          />
        )}
      </div>
      <AlertsLater
        page={page}
        filters={filters}
        watching={watching}
        close={() => set_watching(null)}
      />
      <Dialogs
        page={page}
        list={list}
        open={{ library, building, wall }}
        set={{ library: set_library, building: set_building, wall: set_wall }}
        draft={draft}
      />
    </div>
  );
}

type Draft = ReturnType<typeof useDraft>;

interface DialogsProps {
  page: Dashboard;
  list: DashboardHead[];
  open: { library: boolean; building: PlacedTile | "new" | null; wall: boolean };
  set: {
    library: (open: boolean) => void;
    building: (tile: PlacedTile | "new" | null) => void;
    wall: (open: boolean) => void;
  };
  draft: Draft;
}

const FRESH: Definition = {
  title: "",
  presentation: "column",
  record_type: "sale",
  scope: "all",
  group_by: ["stage"],
};

function Dialogs({ page, list, open, set, draft }: DialogsProps) {
  const { t } = useLingui();
  const { building } = open;
  const built = (definition: Definition) => {
    if (building === "new" || building === null) draft.add(null, definition, "");
    else draft.replace(building.id, definition);
    set.building(null);
  };
  return (
    <Suspense>
      {open.library && (
        <TileLibrary
          close={() => set.library(false)}
          build={() => {
            set.library(false);
            set.building("new");
          }}
          add={(tile) => {
            draft.add(tile.key, tile.definition, tile.title);
            toast(t`${tile.title} is on the page`);
          }}
        />
      )}
      {building && (
        <TileBuilder
          start={building === "new" ? FRESH : (building.definition ?? FRESH)}
          standard={building === "new" ? null : building.standard}
          save={built}
          close={() => set.building(null)}
        />
      )}
      {open.wall && <WallMode first={page.id} list={list} close={() => set.wall(false)} />}
    </Suspense>
  );
}

// The tiles while they are being arranged; nothing is stored until it is saved.
function useDraft(page: Dashboard) {
  const [tiles, set_tiles] = useState<PlacedTile[] | null>(null);
  const now = tiles ?? page.tiles;
  const change = (next: (old: PlacedTile[]) => PlacedTile[]) =>
    set_tiles((old) => next(old ?? page.tiles));
  return {
    editing: tiles !== null,
    tiles: now,
    begin: () => set_tiles((old) => old ?? page.tiles),
    end: () => set_tiles(null),
    arrange: (next: PlacedTile[]) => set_tiles(next),
    remove: (id: number) => change((old) => old.filter((tile) => tile.id !== id)),
    add: (standard: string | null, definition: Definition, title: string) =>
      change((old) => {
        const [w, h] = SIZES[definition.presentation] ?? [4, 5];
        const y = Math.max(0, ...old.map((tile) => tile.y + tile.h));
        const id = Math.min(0, ...old.map((tile) => tile.id)) - 1;
        const name = title || String(definition.title);
        const is_own = standard === null;
        return [
          ...old,
          { id, standard, is_own, definition, title: name, x: 0, y, w, h, unsaved: true },
        ];
      }),
    replace: (id: number, definition: Definition) =>
      change((old) =>
        old.map((tile) =>
          tile.id === id
            ? { ...tile, definition, title: String(definition.title), is_own: true, unsaved: true }
            : tile,
        ),
      ),
    reset: async (tile: PlacedTile) => {
      const library = await query_client.ensureQueryData(library_query);
      const standard = library.items.find((one) => one.key === tile.standard);
      if (!standard) return;
      change((old) =>
        old.map((one) =>
          one.id === tile.id
            ? {
                ...one,
                definition: standard.definition,
                title: standard.title,
                is_own: false,
                unsaved: true,
              }
            : one,
        ),
      );
    },
  };
}

interface AlertsProps {
  page: Dashboard;
  filters: PageFilters;
  watching: PlacedTile | "all" | null;
  close: () => void;
}

// What one is told of is asked for when the page stands, or when somebody wants to see it.
function AlertsLater(props: AlertsProps) {
  const [stands, set_stands] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => set_stands(true), ALERTS_BEHIND_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!stands && !props.watching) return null;
  return (
    <Suspense>
      <AlertsBehind {...props} />
    </Suspense>
  );
}

// Their lists and switches are fetched behind the names of the tiles, into a row of their height.
function FiltersBehind({ filters }: { filters: PageFilters }) {
  const [drawn, set_drawn] = useState(false);
  useEffect(() => {
    // The tiles find out in the first frame which of them are to be seen.
    const timer = setTimeout(() => requestAnimationFrame(() => set_drawn(true)), BEHIND_MS);
    return () => clearTimeout(timer);
  }, []);
  const room = <div className={`${classes.filters} ${classes.room}`} />;
  return <Suspense fallback={room}>{drawn ? <QuickFilters filters={filters} /> : room}</Suspense>;
}
