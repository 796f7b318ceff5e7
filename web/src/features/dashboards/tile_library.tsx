// SPDX-License-Identifier: Apache-2.0
// The standard tiles by category, each shown as it would look with one's own records.
import { useLingui } from "@lingui/react/macro";
import { Button, TextInput } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Modal } from "../../kit/dialog";
import { ErrorState, LoadingState } from "../../kit/states";
import { useErrorText, useTranslate } from "../../records/use_translate";
import own from "./builder.module.css";
import classes from "./dashboards.module.css";
import { library_query, library_tile_query } from "./queries";
import { TileBody } from "./tile_body";
import type { LibraryTile } from "./types";
import { TILE_CATEGORIES } from "./words";

interface Props {
  add: (tile: LibraryTile) => void;
  build: () => void;
  close: () => void;
}

export default function TileLibrary({ add, build, close }: Props) {
  const { t } = useLingui();
  const translate = useTranslate();
  const error_text = useErrorText();
  const library = useQuery(library_query);
  const [category, set_category] = useState("sale");
  const [text, set_text] = useState("");
  const wanted = text.trim().toLowerCase();
  const tiles = (library.data?.items ?? []).filter((tile) =>
    wanted ? tile.title.toLowerCase().includes(wanted) : tile.category === category,
  );
  return (
    <Modal
      opened
      onClose={close}
      title={t`Add a tile`}
      size="min(1180px, 96vw)"
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className={own.library}>
        <div className={own.library_side}>
          <TextInput
            leftSection={<IconSearch size={15} />}
            placeholder={t`Search the tiles`}
            aria-label={t`Search the tiles`}
            value={text}
            onChange={(event) => set_text(event.currentTarget.value)}
            data-autofocus
          />
          <div className={own.categories} role="tablist" aria-label={t`Categories`}>
            {TILE_CATEGORIES.map((entry) => (
              <button
                key={entry.value}
                type="button"
                role="tab"
                aria-selected={!wanted && category === entry.value}
                className={own.category}
                onClick={() => {
                  set_category(entry.value);
                  set_text("");
                }}
              >
                <span>{translate(entry.label)}</span>
                <span className="faint tabular">
                  {library.data?.items.filter((tile) => tile.category === entry.value).length ?? ""}
                </span>
              </button>
            ))}
          </div>
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={build}>
            {t`Build your own`}
          </Button>
        </div>
        <div className={own.library_tiles}>
          {library.isPending && <LoadingState label={t`Loading`} />}
          {library.isError && (
            <ErrorState
              title={t`The tiles could not be shown`}
              detail={error_text(library.error)}
              retry={() => void library.refetch()}
              retry_label={t`Try again`}
            />
          )}
          {library.data && !tiles.length && (
            <p className={classes.state}>{t`No tile has that name`}</p>
          )}
          {tiles.map((tile) => (
            <LibraryCard key={tile.key} tile={tile} add={() => add(tile)} />
          ))}
        </div>
      </div>
    </Modal>
  );
}

function LibraryCard({ tile, add }: { tile: LibraryTile; add: () => void }) {
  const { t } = useLingui();
  const { ref, inViewport } = useInViewport<HTMLDivElement>();
  const [seen, set_seen] = useState(false);
  useEffect(() => {
    if (inViewport) set_seen(true);
  }, [inViewport]);
  const answer = useQuery({ ...library_tile_query(tile.key), enabled: seen });
  return (
    <div ref={ref} className={own.library_card}>
      <div className={own.library_head}>
        <h3 className={classes.tile_title}>{tile.title}</h3>
        <Button size="xs" variant="light" onClick={add} aria-label={t`Add ${tile.title}`}>
          {t`Add`}
        </Button>
      </div>
      <div className={own.library_body} data-kind={tile.definition.presentation}>
        <TileBody
          answer={answer.data}
          error={answer.error}
          retry={() => void answer.refetch()}
          as_table={false}
        />
      </div>
    </div>
  );
}
