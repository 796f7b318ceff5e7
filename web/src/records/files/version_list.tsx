// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Tooltip, VisuallyHidden } from "@mantine/core";
import { IconDownload, IconRestore } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client, refresh_record } from "../../api/queries";
import type { FileVersion, Row, TypeMeta } from "../../api/types";
import { ago_text, instant_text } from "../../base/format";
import { toast, toast_error } from "../../kit/toast";
import { useErrorText } from "../use_translate";
import { size_text } from "./file_kinds";
import classes from "./files.module.css";

interface Props {
  type: TypeMeta;
  record: Row;
  field: string;
  versions: FileVersion[];
  shown: number;
  show: (number: number) => void;
  editable: boolean;
}

export function VersionList({ type, record, field, versions, shown, show, editable }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const path = `/${type.plural}/${record.id}/files/${field}/versions`;
  const restore = useMutation({
    mutationFn: (number: number) =>
      api.post<Row>(`${path}/${number}/restoration`, undefined, { version: record.version }),
    onSuccess: (next, number) => {
      query_client.setQueryData(["record", type.plural, record.id], next);
      refresh_record(type.plural, record.id);
      toast(t`Version ${number} is the newest again.`);
    },
    onError: (error) => toast_error(error_text(error)),
  });
  return (
    <ol className={classes.versions} aria-label={t`Versions`}>
      {versions.map((version) => (
        <li key={version.number} className={classes.version} data-shown={version.number === shown}>
          <button
            type="button"
            className={classes.version_open}
            aria-pressed={version.number === shown}
            onClick={() => show(version.number)}
          >
            <VisuallyHidden>{t`Show version ${version.number}`}</VisuallyHidden>
            <span className={classes.number} aria-hidden>
              {version.number}
            </span>
            <span className={classes.version_body}>
              <span className={classes.version_name}>
                <span className="clip">{version.name}</span>
                {version.current && <span className={classes.current}>{t`Current`}</span>}
              </span>
              <span className={classes.version_facts}>
                {version.by && <span>{version.by.name}</span>}
                <time dateTime={version.at} title={instant_text(version.at)}>
                  {ago_text(version.at)}
                </time>
                <span>{size_text(version.size)}</span>
                {version.restored_from && (
                  <span>{t`Restored from version ${version.restored_from}`}</span>
                )}
              </span>
            </span>
          </button>
          <span className={classes.version_actions}>
            {editable && !version.current && (
              <Button
                variant="subtle"
                size="compact-sm"
                leftSection={<IconRestore size={14} />}
                loading={restore.isPending && restore.variables === version.number}
                aria-label={t`Restore version ${version.number}`}
                onClick={() => restore.mutate(version.number)}
              >
                {t`Restore`}
              </Button>
            )}
            <Tooltip label={t`Download`}>
              <ActionIcon
                component="a"
                href={api.url(`${path}/${version.number}`, { download: true })}
                download
                aria-label={t`Download version ${version.number}`}
              >
                <IconDownload size={15} />
              </ActionIcon>
            </Tooltip>
          </span>
        </li>
      ))}
    </ol>
  );
}
