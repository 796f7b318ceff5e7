// SPDX-License-Identifier: Apache-2.0
// What one is told of, fetched when the page stands: marks on tiles, the dialogs, and the tile that
// a notification leads to.
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import AlertDialog from "./alert_dialog";
import AlertsDialog from "./alerts_dialog";
import { alerts_query } from "./queries";
import type { Dashboard, PageFilters, PlacedTile } from "./types";

const POINTED_MS = 4_000;

interface Props {
  page: Dashboard;
  filters: PageFilters;
  watching: PlacedTile | "all" | null;
  close: () => void;
}

export default function AlertsBehind({ page, filters, watching, close }: Props) {
  useQuery(alerts_query);
  usePointedTile();
  if (!watching) return null;
  if (watching === "all") return <AlertsDialog close={close} />;
  return <AlertDialog page={page} tile={watching} filters={filters} close={close} />;
}

function usePointedTile() {
  const { tile } = useSearch({ strict: false }) as { tile?: string | number };
  useEffect(() => {
    const place = tile && document.querySelector<HTMLElement>(`[data-tile="${Number(tile)}"]`);
    if (!place) return;
    place.scrollIntoView({ block: "center" });
    place.dataset.pointed = "true";
    const timer = setTimeout(() => delete place.dataset.pointed, POINTED_MS);
    return () => {
      clearTimeout(timer);
      delete place.dataset.pointed;
    };
  }, [tile]);
}
