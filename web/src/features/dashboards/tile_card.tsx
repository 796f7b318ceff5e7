// SPDX-License-Identifier: Apache-2.0
// One tile: its name, its menu, and what it shows once it has been seen.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Loader, Menu, Tooltip } from "@mantine/core";
import { useInViewport, useMergedRef } from "@mantine/hooks";
import {
  IconArrowsMaximize,
  IconBell,
  IconChartBar,
  IconDots,
  IconFileTypeCsv,
  IconListDetails,
  IconPencil,
  IconPhoto,
  IconRefresh,
  IconTable,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { time_text } from "../../base/format";
import classes from "./dashboards.module.css";
import { save_csv, save_png } from "./export_chart";
import { alerts_query, tile_query } from "./queries";
import { TileBody, useShape } from "./tile_body";
import type { Answer, PageFilters, PlacedTile } from "./types";

const LargeTile = lazy(() => import("./large_tile"));

interface Props {
  dashboard: number;
  tile: PlacedTile;
  filters: PageFilters;
  edit?: (() => void) | undefined;
  // Opens what one wants to be told of this tile.
  watch?: (() => void) | undefined;
  plain?: boolean;
}

export function TileCard({ dashboard, tile, filters, edit, watch, plain }: Props) {
  const { t } = useLingui();
  const { ref, inViewport } = useInViewport<HTMLElement>();
  const place = useRef<HTMLElement>(null);
  const [seen, set_seen] = useState(false);
  useEffect(() => {
    if (inViewport) set_seen(true);
  }, [inViewport]);
  const answer = useQuery({ ...tile_query(dashboard, tile, filters), enabled: seen });
  const [as_table, set_as_table] = useState(false);
  const [large, set_large] = useState(false);
  const is_watched = useQuery({ ...alerts_query, enabled: false }).data?.items.some(
    (one) => one.dashboard === dashboard && one.tile === tile.id && !one.is_paused,
  );
  const svg = useRef<(() => string) | null>(null);
  const title = answer.data?.title ?? tile.title;
  const both = useMergedRef(ref, place);
  const body = (
    <TileBody
      answer={answer.data}
      error={answer.error}
      retry={() => void answer.refetch()}
      as_table={as_table}
      on_ready={(read) => {
        svg.current = read;
      }}
    />
  );
  const data = answer.data;
  const ignored =
    data && data.kind !== "web"
      ? Object.keys(filters).filter((name) => name !== "record" && !data.applied.includes(name))
      : [];
  return (
    <section
      ref={both}
      className={classes.tile}
      data-kind={answer.data?.presentation ?? tile.definition?.presentation}
      data-stale={answer.isPlaceholderData || undefined}
      aria-label={title}
      aria-busy={answer.isFetching}
    >
      <header className={classes.tile_head}>
        <h2 className={`${classes.tile_title} clip`} title={title}>
          {title}
        </h2>
        {answer.isFetching && answer.data && <Loader size={12} aria-label={t`Updating`} />}
        {ignored.length > 0 && !plain && (
          <Tooltip label={t`Not every filter of the page fits this tile`}>
            <span className={classes.unfiltered} role="img" aria-label={t`Partly filtered`}>
              ≈
            </span>
          </Tooltip>
        )}
        {is_watched && watch && (
          <ActionIcon size={24} onClick={watch} aria-label={t`You are told of ${title}`}>
            <IconBell size={14} />
          </ActionIcon>
        )}
        {!plain && (
          <TileMenu
            tile={tile}
            answer={answer.data}
            as_table={as_table}
            set_as_table={set_as_table}
            enlarge={() => set_large(true)}
            refresh={() => void answer.refetch()}
            edit={edit}
            watch={watch}
            svg={() => svg.current?.() ?? null}
            element={() => place.current}
          />
        )}
      </header>
      <div className={classes.tile_body}>{body}</div>
      {large && (
        <Suspense>
          <LargeTile title={title} close={() => set_large(false)}>
            <TileBody
              answer={answer.data}
              error={answer.error}
              retry={() => void answer.refetch()}
              as_table={as_table}
            />
          </LargeTile>
        </Suspense>
      )}
    </section>
  );
}

interface MenuProps {
  tile: PlacedTile;
  answer: Answer | undefined;
  as_table: boolean;
  set_as_table: (value: boolean) => void;
  enlarge: () => void;
  refresh: () => void;
  edit: (() => void) | undefined;
  watch: (() => void) | undefined;
  svg: () => string | null;
  element: () => HTMLElement | null;
}

function TileMenu(props: MenuProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const shape = useShape(props.answer);
  const { answer, as_table } = props;
  const chart = answer?.kind === "chart";
  const name = answer?.title ?? props.tile.title;
  const png = () => {
    const picture = props.svg();
    const place = props.element()?.querySelector<HTMLElement>("[role=img][aria-label]");
    if (!picture || !place) return;
    const ground = getComputedStyle(place).getPropertyValue("--surface-raised").trim();
    void save_png(name, picture, place.getBoundingClientRect(), ground);
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon size={24} className={classes.tile_menu} aria-label={t`What to do with ${name}`}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {answer && answer.kind !== "web" && answer.plural && (
          <Menu.Item
            leftSection={<IconListDetails size={16} />}
            onClick={() =>
              void navigate({
                to: "/$plural",
                params: { plural: answer.plural },
                search: {
                  ...(answer.filter ? { filter: answer.filter } : {}),
                  ...(answer.kind === "list" && answer.sort ? { sort: answer.sort } : {}),
                },
              })
            }
          >
            {t`Show the records`}
          </Menu.Item>
        )}
        {chart && (
          <Menu.Item
            leftSection={as_table ? <IconChartBar size={16} /> : <IconTable size={16} />}
            onClick={() => props.set_as_table(!as_table)}
          >
            {as_table ? t`Show as chart` : t`Show as table`}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconArrowsMaximize size={16} />} onClick={props.enlarge}>
          {t`Enlarge`}
        </Menu.Item>
        {chart && shape && (
          <Menu.Item
            leftSection={<IconFileTypeCsv size={16} />}
            onClick={() => save_csv(name, shape, answer.group_by[0]?.label ?? "")}
          >
            {t`Save as CSV`}
          </Menu.Item>
        )}
        {chart && !as_table && answer.presentation !== "number" && (
          <Menu.Item leftSection={<IconPhoto size={16} />} onClick={png}>
            {t`Save as picture`}
          </Menu.Item>
        )}
        {chart && !answer.external && answer.currency?.rule !== "own" && props.watch && (
          <Menu.Item leftSection={<IconBell size={16} />} onClick={props.watch}>
            {t`Tell me when …`}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconRefresh size={16} />} onClick={props.refresh}>
          {t`Refresh`}
        </Menu.Item>
        {props.edit && (
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={props.edit}>
            {t`Edit the tile`}
          </Menu.Item>
        )}
        {answer && <Menu.Label>{t`As of ${time_text(answer.as_of)}`}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
