// SPDX-License-Identifier: Apache-2.0
// One door to the server. Every refusal becomes an ApiError that keeps the server's stable code.

export interface FieldProblem {
  field: string;
  code: string;
  params?: Record<string, unknown>;
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: FieldProblem[];
  readonly params: Record<string, unknown>;
  readonly call: string | undefined;
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    super(String(body.code ?? `http/${status}`));
    this.status = status;
    this.code = String(body.code ?? `http/${status}`);
    this.errors = Array.isArray(body.errors) ? (body.errors as FieldProblem[]) : [];
    this.params = (body.params as Record<string, unknown>) ?? {};
    this.call = typeof body.call === "string" ? body.call : undefined;
    this.body = body;
  }
}

export const UNREACHABLE = "net/unreachable";
const BASE = "/api/v1";

type Query = Record<string, string | number | boolean | undefined | null>;

export function query_text(query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `?${text}` : "";
}

let on_signed_out: () => void = () => {};
export function when_signed_out(listener: () => void) {
  on_signed_out = listener;
}

async function send<T>(method: string, path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(BASE + path, { method, credentials: "same-origin", ...init });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, { code: UNREACHABLE });
  }
  const text = await response.text();
  const body = parse_body(text);
  if (!response.ok) {
    const error = new ApiError(response.status, (body as Record<string, unknown>) ?? {});
    if (response.status === 401 && path !== "/sign-in") on_signed_out();
    throw error;
  }
  return body as T;
}

function parse_body(text: string): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function json_init(body: unknown, headers: Record<string, string> = {}): RequestInit {
  if (body === undefined) return { headers };
  return {
    body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", ...headers },
  };
}

interface PostOptions {
  signal?: AbortSignal | undefined;
  version?: number | undefined;
}

function match_header(version: number | undefined): Record<string, string> {
  return version === undefined ? {} : { "If-Match": `"v${version}"` };
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    send<T>("GET", path + query_text(query), signal ? { signal } : {}),
  post: <T>(path: string, body?: unknown, options: PostOptions = {}) =>
    send<T>("POST", path, {
      ...json_init(body, match_header(options.version)),
      ...(options.signal && { signal: options.signal }),
    }),
  put: <T>(path: string, body?: unknown, version?: number) =>
    send<T>("PUT", path, json_init(body, match_header(version))),
  patch: <T>(path: string, body: unknown, version?: number) =>
    send<T>("PATCH", path, json_init(body, match_header(version))),
  remove: <T>(path: string, body?: unknown, version?: number) =>
    send<T>("DELETE", path, json_init(body, match_header(version))),
  upload: <T>(path: string, query: Query, file: File) =>
    send<T>("POST", path + query_text(query), {
      body: file,
      headers: { "Content-Type": file.type || "application/octet-stream" },
    }),
  url: (path: string, query?: Query) => BASE + path + query_text(query),
};
