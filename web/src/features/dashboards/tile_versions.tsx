// SPDX-License-Identifier: Apache-2.0
// What a standard tile was before its last changes; one of them becomes it again.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { Page } from "../../api/types";
import { instant_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { EmptyState, LoadingState } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import own from "./builder.module.css";
import type { TileVersion } from "./types";

interface Props {
  // Of the standard tile.
  path: string;
  restore: (id: number) => void;
  is_busy: boolean;
  close: () => void;
}

export default function TileVersions({ path, restore, is_busy, close }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const versions = useQuery({
    queryKey: ["tile_versions", path],
    queryFn: () => api.get<Page<TileVersion>>(`${path}/versions`),
    staleTime: 0,
  });
  return (
    <Modal
      opened
      onClose={close}
      title={t`Earlier versions`}
      size="min(560px, 96vw)"
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {versions.isPending && <LoadingState label={t`Loading`} />}
      {versions.error && <p role="alert">{error_text(versions.error)}</p>}
      {versions.data && !versions.data.items.length && (
        <EmptyState icon={<IconHistory size={22} stroke={1.5} />} title={t`Nothing yet`}>
          {t`The standard tile is as it came, and nobody has changed it.`}
        </EmptyState>
      )}
      <ul className={own.alert_rows}>
        {versions.data?.items.map((one) => (
          <VersionRow key={one.id} version={one} restore={restore} is_busy={is_busy} />
        ))}
      </ul>
    </Modal>
  );
}

interface RowProps {
  version: TileVersion;
  restore: (id: number) => void;
  is_busy: boolean;
}

function VersionRow({ version, restore, is_busy }: RowProps) {
  const { t } = useLingui();
  const when = instant_text(version.changed_at);
  const who = version.changed_by?.name ?? "";
  const name = version.is_as_it_came ? t`As it came` : version.title;
  return (
    <li className={own.alert_row}>
      <div className={own.alert_text}>
        <span>{name}</span>
        <span className="dim small">
          {who ? t`Until ${when}, when ${who} changed it` : t`Until ${when}`}
        </span>
      </div>
      <Button
        variant="default"
        size="xs"
        disabled={is_busy}
        aria-label={t`Restore: ${name}, ${when}`}
        onClick={() => restore(version.id)}
      >
        {t`Restore`}
      </Button>
    </li>
  );
}
