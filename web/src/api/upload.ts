// SPDX-License-Identifier: Apache-2.0
// Uploads go by XMLHttpRequest: fetch() does not tell how far a body has come.
import { ApiError, api, UNREACHABLE } from "./client";
import type { StoredFile } from "./types";

export interface UploadOptions {
  // 0 … 1; 1 means that the bytes are there and the server looks at them.
  on_progress?: (part: number) => void;
  signal?: AbortSignal;
}

export function upload_file(file: File, options: UploadOptions = {}): Promise<StoredFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", api.url("/files", { name: file.name }));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.on_progress?.(event.loaded / event.total);
    };
    request.onload = () => {
      const body = parse(request.responseText);
      if (request.status < 300) resolve(body as unknown as StoredFile);
      else reject(new ApiError(request.status, body));
    };
    request.onerror = () => reject(new ApiError(0, { code: UNREACHABLE }));
    request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    options.signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
