// SPDX-License-Identifier: Apache-2.0
// Where a file is dropped or chosen.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconCloudUpload } from "@tabler/icons-react";
import { type DragEvent, useRef, useState } from "react";
import { useDictionary } from "../dictionary";
import { size_text } from "./file_kinds";
import classes from "./files.module.css";

export const has_files = (event: { dataTransfer: DataTransfer | null }) =>
  !!event.dataTransfer?.types.includes("Files");

interface Props {
  on_files: (files: File[]) => void;
  label: string;
  multiple?: boolean;
  autofocus?: boolean | undefined;
}

export function DropArea({ on_files, label, multiple, autofocus }: Props) {
  const { t } = useLingui();
  const { meta } = useDictionary();
  const [over, set_over] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const max = meta.limits?.file_bytes;
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])];
    if (files.length) on_files(multiple ? files : files.slice(0, 1));
  };
  const on_drag = (event: DragEvent, inside: boolean) => {
    if (!has_files(event)) return;
    event.preventDefault();
    event.stopPropagation();
    set_over(inside);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside is the keyboard's way
    <div
      className={classes.drop_area}
      data-over={over || undefined}
      onDragOver={(event) => on_drag(event, true)}
      onDragLeave={(event) => on_drag(event, false)}
      onDrop={(event) => {
        on_drag(event, false);
        take(event.dataTransfer.files);
      }}
    >
      <IconCloudUpload size={22} stroke={1.5} aria-hidden />
      <p>{label}</p>
      <Button
        variant="default"
        data-autofocus={autofocus || undefined}
        autoFocus={!!autofocus}
        // Enter chooses a file; it must not save the form around.
        onKeyDown={(event) => event.key === "Enter" && event.stopPropagation()}
        onClick={() => input.current?.click()}
      >
        {t`Choose a file`}
      </Button>
      {max && <p className={classes.hint}>{t`At most ${size_text(max)}`}</p>}
      <input
        ref={input}
        type="file"
        hidden
        multiple={!!multiple}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
