// SPDX-License-Identifier: Apache-2.0
// For a screen on a wall: the whole screen, nothing to click, one page after the other. The tiles
// refresh as they do everywhere, when records change.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, MultiSelect, NumberInput, Portal } from "@mantine/core";
import { IconPlayerPlay, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { store, stored_json } from "../../base/stored";
import own from "./builder.module.css";
import classes from "./dashboards.module.css";
import { dashboard_query } from "./queries";
import { TileGrid } from "./tile_grid";
import type { DashboardHead } from "./types";

const SECONDS = 30;
const SECONDS_MIN = 5;
const KEY = "wall";

interface Props {
  first: number;
  list: DashboardHead[];
  close: () => void;
}

export default function WallMode({ first, list, close }: Props) {
  const { t } = useLingui();
  const kept = stored_json<{ pages: number[]; seconds: number }>(KEY, {
    pages: [],
    seconds: SECONDS,
  });
  const known = new Set(list.map((one) => one.id));
  const start = [first, ...kept.pages.filter((id) => id !== first && known.has(id))];
  const [pages, set_pages] = useState<string[]>(start.map(String));
  const [seconds, set_seconds] = useState(kept.seconds);
  const [running, set_running] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const begin = () => {
    store(KEY, JSON.stringify({ pages: pages.map(Number), seconds }));
    set_running(true);
    void frame.current?.requestFullscreen?.().catch(() => {});
  };
  const end = () => {
    if (document.fullscreenElement) void document.exitFullscreen().catch(() => {});
    close();
  };
  useEffect(() => {
    const on_change = () => {
      if (running && !document.fullscreenElement) close();
    };
    const on_key = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    document.addEventListener("fullscreenchange", on_change);
    document.addEventListener("keydown", on_key);
    return () => {
      document.removeEventListener("fullscreenchange", on_change);
      document.removeEventListener("keydown", on_key);
    };
  }, [running, close]);
  return (
    <Portal>
      <div ref={frame} className={own.wall} role="dialog" aria-modal aria-label={t`Wall screen`}>
        {running ? (
          <Rotation pages={pages.map(Number)} seconds={seconds} />
        ) : (
          <form
            className={`card ${own.wall_form}`}
            onSubmit={(event) => {
              event.preventDefault();
              begin();
            }}
          >
            <h2 className={classes.head_title}>{t`Show on a wall`}</h2>
            <MultiSelect
              label={t`Pages, in this order`}
              data={list.map((one) => ({ value: String(one.id), label: one.name }))}
              value={pages}
              onChange={set_pages}
            />
            <NumberInput
              label={t`Seconds for each`}
              min={SECONDS_MIN}
              max={3600}
              value={seconds}
              onChange={(value) => set_seconds(Math.max(SECONDS_MIN, Number(value) || SECONDS))}
            />
            <p className="dim small">{t`Esc ends it. The numbers change when the records do.`}</p>
            <div className={own.builder_end}>
              <Button variant="default" onClick={close}>
                {t`Cancel`}
              </Button>
              <Button
                type="submit"
                disabled={!pages.length}
                leftSection={<IconPlayerPlay size={16} />}
                data-autofocus
              >
                {t`Start`}
              </Button>
            </div>
          </form>
        )}
        <ActionIcon className={own.wall_end} aria-label={t`End the wall screen`} onClick={end}>
          <IconX size={18} />
        </ActionIcon>
      </div>
    </Portal>
  );
}

function Rotation({ pages, seconds }: { pages: number[]; seconds: number }) {
  const [place, set_place] = useState(0);
  useEffect(() => {
    if (pages.length < 2) return;
    const timer = setInterval(() => set_place((old) => (old + 1) % pages.length), seconds * 1_000);
    return () => clearInterval(timer);
  }, [pages.length, seconds]);
  return <WallPage key={pages[place]} id={pages[place] ?? 0} />;
}

function WallPage({ id }: { id: number }) {
  const page = useQuery(dashboard_query(id));
  if (!page.data) return null;
  return (
    <div className={own.wall_page}>
      <h1 className={own.wall_title}>{page.data.name}</h1>
      <TileGrid dashboard={id} tiles={page.data.tiles} filters={page.data.filters} plain />
    </div>
  );
}
