// SPDX-License-Identifier: Apache-2.0
// A file is uploaded as soon as it is chosen; the record takes it in when it is saved.
import { useLingui } from "@lingui/react/macro";
import { Button, Input as Frame } from "@mantine/core";
import { useCallback } from "react";
import type { FileRef, StoredFile } from "../../../api/types";
import { DropArea } from "../../files/drop_area";
import { file_icon, size_text } from "../../files/file_kinds";
import classes from "../../files/files.module.css";
import { UploadRow } from "../../files/upload_row";
import { useUploads } from "../../files/use_uploads";
import { type InputProps, is_empty } from "../field_parts";

export function Input(props: InputProps) {
  const { t } = useLingui();
  const { on_change, on_done } = props;
  const current = is_empty(props.value) ? null : (props.value as FileRef);
  const finish = useCallback(
    async (stored: StoredFile) => {
      on_change(stored);
      on_done?.(stored);
      return undefined;
    },
    [on_change, on_done],
  );
  const { uploads, add, cancel, clear } = useUploads(finish);
  const shown = uploads.filter((upload) => upload.state !== "done");
  const sending = shown.some((upload) => upload.state === "sending");
  const Icon = file_icon(current?.type ?? "");
  return (
    <Frame.Wrapper
      label={props.label}
      error={props.error}
      required={!!props.required}
      withAsterisk={!!props.required}
      labelElement="div"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a visible legend */}
      <div className={classes.input} role="group" aria-label={props.label ?? props.field.name}>
        {current && (
          <div className={classes.card}>
            <Icon size={20} stroke={1.5} aria-hidden />
            <span className="clip">{current.name}</span>
            <span className={classes.upload_note}>{size_text(current.size)}</span>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              onKeyDown={(event) => event.key === "Enter" && event.stopPropagation()}
              onClick={() => {
                on_change(null);
                on_done?.(null);
              }}
            >
              {t`Remove`}
            </Button>
          </div>
        )}
        {shown.map((upload) => (
          <UploadRow key={upload.key} upload={upload} cancel={() => cancel(upload.key)} />
        ))}
        {!sending && (
          <DropArea
            label={current ? t`Drop a file here to replace it` : t`Drop a file here`}
            autofocus={props.autofocus}
            on_files={(files) => {
              clear();
              add(files);
            }}
          />
        )}
      </div>
    </Frame.Wrapper>
  );
}
