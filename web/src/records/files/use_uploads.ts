// SPDX-License-Identifier: Apache-2.0
// Files on their way to the server: progress, cancelling, and what went wrong, in words.
import { useLingui } from "@lingui/react/macro";
import { useCallback, useEffect, useRef, useState } from "react";
import type { StoredFile } from "../../api/types";
import { upload_file } from "../../api/upload";
import { useDictionary } from "../dictionary";
import { useErrorText } from "../use_translate";
import { size_text } from "./file_kinds";

export interface Upload {
  key: number;
  name: string;
  size: number;
  progress: number;
  state: "sending" | "done" | "failed";
  problem?: string;
  // Where the finished one is to be found.
  target?: { plural: string; id: number };
}

type Finish = (stored: StoredFile, file: File) => Promise<Upload["target"]>;

const is_abort = (error: unknown) => error instanceof DOMException && error.name === "AbortError";

// Why this file cannot be uploaded, before a byte is sent; nothing when it can.
export function useFileCheck() {
  const { t } = useLingui();
  const { meta } = useDictionary();
  const max = meta.limits?.file_bytes;
  return useCallback(
    (file: File): string | undefined => {
      if (file.size === 0) return t`The file is empty.`;
      if (max && file.size > max) {
        return t`The file is too large: ${size_text(file.size)}. At most ${size_text(max)}.`;
      }
      return undefined;
    },
    [t, max],
  );
}

// What is shown of them, and how one is stopped.
function useUploadList() {
  const [uploads, set_uploads] = useState<Upload[]>([]);
  const running = useRef(new Map<number, AbortController>());
  useEffect(() => {
    const controllers = running.current;
    return () => {
      for (const controller of controllers.values()) controller.abort();
    };
  }, []);
  const change = useCallback((key: number, part: Partial<Upload>) => {
    set_uploads((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  }, []);
  const cancel = useCallback((key: number) => {
    running.current.get(key)?.abort();
    running.current.delete(key);
    set_uploads((all) => all.filter((one) => one.key !== key));
  }, []);
  const clear = useCallback(() => {
    set_uploads((all) => all.filter((one) => one.state === "sending"));
  }, []);
  const append = useCallback((upload: Upload) => set_uploads((all) => [...all, upload]), []);
  return { uploads, running, change, cancel, clear, append };
}

// One after the other, so that the first is there as soon as can be.
export function useUploads(finish: Finish) {
  const error_text = useErrorText();
  const check = useFileCheck();
  const { uploads, running, change, cancel, clear, append } = useUploadList();
  const queue = useRef(Promise.resolve());
  const next_key = useRef(1);

  const send = useCallback(
    async (key: number, file: File) => {
      const signal = running.current.get(key)?.signal;
      if (!signal || signal.aborted) return;
      try {
        const on_progress = (progress: number) => change(key, { progress });
        const stored = await upload_file(file, { signal, on_progress });
        const target = await finish(stored, file);
        change(key, { state: "done", progress: 1, ...(target ? { target } : {}) });
      } catch (error) {
        if (is_abort(error)) cancel(key);
        else change(key, { state: "failed", problem: error_text(error) });
      } finally {
        running.current.delete(key);
      }
    },
    [running, change, cancel, error_text, finish],
  );

  const add = useCallback(
    (files: File[]) => {
      for (const file of files) {
        const key = next_key.current++;
        const problem = check(file);
        const upload = { key, name: file.name, size: file.size, progress: 0 };
        append(problem ? { ...upload, state: "failed", problem } : { ...upload, state: "sending" });
        if (problem) continue;
        running.current.set(key, new AbortController());
        queue.current = queue.current.then(() => send(key, file));
      }
    },
    [append, check, running, send],
  );
  return { uploads, add, cancel, clear };
}
