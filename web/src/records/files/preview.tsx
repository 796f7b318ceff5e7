// SPDX-License-Identifier: Apache-2.0
// A file as it is, in the page. Only what cannot run anything there is shown; the server decides by
// the content, and sends everything with a policy that forbids scripts.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconDownload, IconEyeOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/client";
import { EmptyState, ErrorState, LoadingState } from "../../kit/states";
import { useErrorText } from "../use_translate";
import { preview_kind, size_text } from "./file_kinds";
import classes from "./files.module.css";

const TEXT_BYTES_MAX = 200_000;

export interface Shown {
  name: string;
  type: string;
  size: number;
  url: string;
  download_url: string;
}

export function Preview({ file }: { file: Shown }) {
  const { t } = useLingui();
  const [broken, set_broken] = useState(false);
  const kind = preview_kind(file.type);
  if (broken) {
    return (
      <ErrorState
        title={t`The file could not be shown`}
        retry={() => set_broken(false)}
        retry_label={t`Try again`}
      />
    );
  }
  const on_error = () => set_broken(true);
  switch (kind) {
    case "image":
      return (
        <div className={classes.image}>
          <img src={file.url} alt={file.name} onError={on_error} />
        </div>
      );
    case "pdf":
      return <PdfPreview file={file} />;
    case "text":
      return <TextPreview file={file} />;
    case "video":
      return (
        // biome-ignore lint/a11y/useMediaCaption: an uploaded file has no captions
        <video
          className={classes.video}
          src={file.url}
          controls
          preload="metadata"
          onError={on_error}
        />
      );
    case "audio":
      return (
        <div className={classes.audio}>
          {/* biome-ignore lint/a11y/useMediaCaption: an uploaded file has no captions */}
          <audio src={file.url} controls preload="metadata" onError={on_error} />
        </div>
      );
    default:
      return <NoPreview file={file} />;
  }
}

function NoPreview({ file }: { file: Shown }) {
  const { t } = useLingui();
  return (
    <EmptyState
      icon={<IconEyeOff size={20} />}
      title={t`No preview of this kind of file`}
      action={
        <Button
          component="a"
          variant="default"
          href={file.download_url}
          download
          leftSection={<IconDownload size={15} />}
        >
          {t`Download`}
        </Button>
      }
    >
      {t`Download it to open it with the program it belongs to.`}
    </EmptyState>
  );
}

// Phones have no viewer inside a page; there the file is downloaded.
function PdfPreview({ file }: { file: Shown }) {
  if (!navigator.pdfViewerEnabled) return <NoPreview file={file} />;
  return (
    <iframe className={classes.pdf} title={file.name} src={`${file.url}#view=FitH&navpanes=0`} />
  );
}

function TextPreview({ file }: { file: Shown }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const text = useQuery({
    queryKey: ["file_text", file.url],
    queryFn: ({ signal }) => read_start(file.url, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (text.isPending) return <LoadingState label={t`Loading`} />;
  if (text.isError) {
    return (
      <ErrorState
        title={t`The file could not be shown`}
        detail={error_text(text.error)}
        retry={() => void text.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls */}
      <pre className={classes.text} tabIndex={0}>
        {text.data}
      </pre>
      {file.size > TEXT_BYTES_MAX && (
        <p className={classes.hint}>{t`The first ${size_text(TEXT_BYTES_MAX)} are shown.`}</p>
      )}
    </>
  );
}

async function read_start(url: string, signal: AbortSignal): Promise<string> {
  const headers = { Range: `bytes=0-${TEXT_BYTES_MAX - 1}` };
  const answer = await fetch(url, { signal, headers, credentials: "same-origin" });
  if (!answer.ok) throw new ApiError(answer.status, {});
  return answer.text();
}
