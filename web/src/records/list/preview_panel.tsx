// SPDX-License-Identifier: Apache-2.0
// A record beside the list. The list keeps the keyboard: arrows or j and k go through it.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconExternalLink, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { record_query } from "../../api/queries";
import type { TypeMeta } from "../../api/types";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { RecordSections } from "../page/record_sections";
import { useErrorText } from "../use_translate";
import classes from "./preview_panel.module.css";

const TimelineTab = lazy(() => import("../page/timeline_tab"));

interface Props {
  type: TypeMeta;
  id: number;
  step: (by: 1 | -1) => void;
  close: () => void;
}

export default function PreviewPanel({ type, id, step, close }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const record = useQuery({ ...record_query(type.plural, id), placeholderData: (old) => old });
  const row = record.data;
  return (
    <aside
      className={classes.panel}
      aria-label={t`Preview`}
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && close()}
    >
      <header className={classes.head}>
        <h2 className={`${classes.title} clip`}>{row ? String(row.name ?? `#${id}`) : " "}</h2>
        <ActionIcon aria-label={t`Previous record`} onClick={() => step(-1)}>
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon aria-label={t`Next record`} onClick={() => step(1)}>
          <IconArrowDown size={16} />
        </ActionIcon>
        <Link
          className={classes.open}
          to="/$plural/$id"
          params={{ plural: type.plural, id: String(id) }}
          aria-label={t`Open the record`}
          title={t`Open the record`}
        >
          <IconExternalLink size={16} />
        </Link>
        <ActionIcon aria-label={t`Close the preview`} onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className={classes.body} data-busy={record.isPlaceholderData || undefined}>
        {row ? (
          <>
            <RecordSections key={row.id} type={type} record={row} />
            {type.timeline && (
              <Suspense fallback={<SkeletonLines />}>
                <div className={classes.timeline}>
                  <TimelineTab key={row.id} type={type} record={row} />
                </div>
              </Suspense>
            )}
          </>
        ) : record.isError ? (
          <ErrorState
            title={t`The record could not be shown`}
            detail={error_text(record.error)}
            retry={() => void record.refetch()}
            retry_label={t`Try again`}
          />
        ) : (
          <SkeletonLines count={10} />
        )}
      </div>
    </aside>
  );
}
