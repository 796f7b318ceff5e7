// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { IconDownload } from "@tabler/icons-react";
import { api } from "../../../api/client";
import type { FileRef } from "../../../api/types";
import { file_icon, size_text } from "../../files/file_kinds";
import type { ViewProps } from "../field_parts";

export function View({ field, value, dense, record }: ViewProps) {
  const { t } = useLingui();
  const file = value as FileRef;
  const Icon = file_icon(file.type ?? "");
  const name = (
    <>
      <Icon size={15} stroke={1.7} aria-hidden style={{ flex: "none" }} />
      <span className="clip">{file.name}</span>
    </>
  );
  if (dense || !record) return <span className="row clip">{name}</span>;
  const url = api.url(`/${record.plural}/${record.id}/files/${field.name}`, { download: true });
  return (
    <a className="row clip" href={url} download title={t`Download ${file.name}`}>
      {name}
      <span className="dim" style={{ flex: "none" }}>
        {size_text(file.size)}
      </span>
      <IconDownload size={14} stroke={1.7} aria-hidden style={{ flex: "none" }} />
    </a>
  );
}
