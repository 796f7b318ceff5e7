// SPDX-License-Identifier: Apache-2.0
import { IconPaperclip } from "@tabler/icons-react";
import { api } from "../../../api/client";
import type { Ref } from "../../../api/types";
import type { ViewProps } from "../field_parts";

export function View({ value, dense }: ViewProps) {
  const file = value as Ref;
  if (dense) return <span className="clip">{file.name}</span>;
  return (
    <a className="row clip" href={api.url(`/files/${file.id}`)} download={file.name}>
      <IconPaperclip size={15} aria-hidden />
      <span className="clip">{file.name}</span>
    </a>
  );
}
