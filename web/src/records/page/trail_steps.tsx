// SPDX-License-Identifier: Apache-2.0
// The previous and the next record of the list one came from: buttons, and the keys k and j.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Row } from "../../api/types";
import { number_text } from "../../base/format";
import { is_typing } from "../commands";
import type { TrailPlace } from "../list_trail";
import classes from "./record_page.module.css";

interface Props {
  plural: string;
  trail: TrailPlace;
}

export function TrailSteps({ plural, trail }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { previous, next } = trail;
  const go = (row: Row | undefined) => {
    if (!row) return;
    void navigate({
      to: "/$plural/$id",
      params: { plural, id: String(row.id) },
      // The tab stays, and going back leads to the list.
      search: true as never,
      replace: true,
    });
  };
  useEffect(() => {
    const on_key = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || is_typing(event.target)) return;
      if (event.key !== "j" && event.key !== "k") return;
      event.preventDefault();
      go(event.key === "j" ? next : previous);
    };
    document.addEventListener("keydown", on_key);
    return () => document.removeEventListener("keydown", on_key);
  });
  const place = number_text(trail.place, 0);
  const count = number_text(trail.count, 0) + (trail.at_least ? "+" : "");
  return (
    <div className={classes.steps}>
      <span className="tabular">{t`${place} of ${count}`}</span>
      <ActionIcon
        size={26}
        disabled={!previous}
        aria-label={t`Previous in the list`}
        aria-keyshortcuts="k"
        title={previous ? `${previous.name ?? ""} (k)` : undefined}
        onClick={() => go(previous)}
      >
        <IconChevronLeft size={17} stroke={1.7} />
      </ActionIcon>
      <ActionIcon
        size={26}
        disabled={!next}
        aria-label={t`Next in the list`}
        aria-keyshortcuts="j"
        title={next ? `${next.name ?? ""} (j)` : undefined}
        onClick={() => go(next)}
      >
        <IconChevronRight size={17} stroke={1.7} />
      </ActionIcon>
    </div>
  );
}
