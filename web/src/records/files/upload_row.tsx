// SPDX-License-Identifier: Apache-2.0
// One file on its way: name, how far it is, what went wrong.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Progress } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconUpload, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { number_text } from "../../base/format";
import { size_text } from "./file_kinds";
import classes from "./files.module.css";
import type { Upload } from "./use_uploads";

const PERCENT = 100;

export function UploadRow({ upload, cancel }: { upload: Upload; cancel: () => void }) {
  const { t } = useLingui();
  const percent = number_text(upload.progress * PERCENT, 0);
  const Icon = { sending: IconUpload, done: IconCheck, failed: IconAlertTriangle }[upload.state];
  return (
    <div className={classes.upload} data-state={upload.state}>
      <span className={classes.upload_icon}>
        <Icon size={16} stroke={1.7} aria-hidden />
      </span>
      <div className={classes.upload_body}>
        <div className={classes.upload_line}>
          {upload.target ? (
            <Link
              className="clip"
              to="/$plural/$id"
              params={{ plural: upload.target.plural, id: String(upload.target.id) }}
            >
              {upload.name}
            </Link>
          ) : (
            <span className="clip">{upload.name}</span>
          )}
          <span className={classes.upload_note}>
            {upload.state === "sending" ? `${percent} %` : size_text(upload.size)}
          </span>
        </div>
        {upload.state === "sending" && (
          <Progress
            size={4}
            value={upload.progress * PERCENT}
            aria-label={t`Upload of ${upload.name}`}
          />
        )}
        {upload.problem && (
          <p className={classes.problem} role="alert">
            {upload.problem}
          </p>
        )}
      </div>
      <ActionIcon
        aria-label={
          upload.state === "sending" ? t`Cancel ${upload.name}` : t`Remove ${upload.name}`
        }
        onClick={cancel}
      >
        <IconX size={15} />
      </ActionIcon>
    </div>
  );
}
