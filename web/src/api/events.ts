// SPDX-License-Identifier: Apache-2.0
// Live updates: the server tells which records changed, and the cache forgets them.
import { useSyncExternalStore } from "react";
import { forget_record } from "./gone";
import { query_client } from "./queries";
import type { Job, Meta, ServerEvent } from "./types";

const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 30_000;
// A bulk edit sends thousands of events; they are gathered and answered with one refetch.
const GATHER_MS = 400;

let socket: WebSocket | null = null;
let last_event = 0;
let retry_ms = RETRY_MS_MIN;
let retry_timer: ReturnType<typeof setTimeout> | undefined;
let running = false;
export interface Connection {
  online: boolean;
  // A try is under way; or when the next one is, in milliseconds since 1970.
  connecting: boolean;
  next_at: number;
}

let connection: Connection = { online: true, connecting: false, next_at: 0 };
const listeners = new Set<() => void>();
const stale_types = new Set<string>();
const stale_records = new Set<string>();
let gather_timer: ReturnType<typeof setTimeout> | undefined;

const change_listeners = new Set<(types: Set<string>) => void>();

// Tells which record types changed, a few times a second at most; returns how to stop it.
export function when_records_change(listener: (types: Set<string>) => void): () => void {
  change_listeners.add(listener);
  return () => change_listeners.delete(listener);
}

function set_connection(change: Partial<Connection>) {
  connection = { ...connection, ...change };
  for (const listener of listeners) listener();
}

function set_online(value: boolean) {
  if (connection.online !== value) set_connection({ online: value });
}

export function start_events() {
  if (running) return;
  running = true;
  connect();
  window.addEventListener("online", reconnect_now);
  window.addEventListener("offline", on_offline);
}

export function stop_events() {
  running = false;
  clearTimeout(retry_timer);
  window.removeEventListener("online", reconnect_now);
  window.removeEventListener("offline", on_offline);
  socket?.close();
  socket = null;
}

// The browser knows before the socket does, which may wait minutes for an answer.
function on_offline() {
  set_online(false);
  socket?.close();
}

export function reconnect_now() {
  if (!running || socket?.readyState === WebSocket.OPEN) return;
  clearTimeout(retry_timer);
  retry_ms = RETRY_MS_MIN;
  connect();
}

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const since = last_event ? `?since=${last_event}` : "";
  set_connection({ connecting: true });
  const next = new WebSocket(`${scheme}://${location.host}/api/v1/events${since}`);
  socket = next;
  let was_open = false;
  next.onopen = () => {
    was_open = true;
    retry_ms = RETRY_MS_MIN;
    if (!connection.online) void query_client.invalidateQueries();
    set_connection({ online: true, connecting: false });
  };
  next.onmessage = (message) => on_message(String(message.data));
  next.onclose = () => {
    if (!running || socket !== next) return;
    void confirm_offline(was_open);
    retry_timer = setTimeout(connect, retry_ms);
    set_connection({ connecting: false, next_at: Date.now() + retry_ms });
    retry_ms = Math.min(retry_ms * 2, RETRY_MS_MAX);
  };
}

// A socket may fail although the server answers (a proxy without upgrades): the banner is only for
// a server that is really away.
async function confirm_offline(was_open: boolean) {
  try {
    const response = await fetch("/healthz", { cache: "no-store" });
    set_online(response.status < 500);
  } catch {
    set_online(false);
  }
  if (was_open) void query_client.invalidateQueries({ queryKey: ["me"] });
}

function on_message(text: string) {
  let event: ServerEvent;
  try {
    event = JSON.parse(text) as ServerEvent;
  } catch {
    return;
  }
  if (event.kind === "gap") {
    // What was missed is no longer kept: nothing that is shown can be trusted.
    last_event = event.id;
    void query_client.invalidateQueries();
    for (const listener of change_listeners) listener(all_types());
    return;
  }
  if (typeof event.id === "number") last_event = Math.max(last_event, event.id);
  if (event.kind === "job" && event.job) {
    const job = event.job;
    query_client.setQueryData<Job>(["job", job.id], (old) => ({ ...old, ...job }));
    void query_client.invalidateQueries({ queryKey: ["jobs"] });
    return;
  }
  // What is the user's own: the socket may have missed some of it while it was away.
  if (event.kind === "personal" || event.kind === "hello") {
    void query_client.invalidateQueries({ queryKey: ["notifications"] });
    return;
  }
  if (event.kind === "dictionary") {
    for (const kind of ["meta", "layouts", "sales_guide"])
      void query_client.invalidateQueries({ queryKey: [kind] });
    return;
  }
  if (event.kind === "gone" && event.type && event.record !== undefined)
    forget_record(query_client, plural_name(event.type), event.record);
  if (event.type) gather(event.type, event.record);
}

function plural_name(type: string) {
  const meta = query_client.getQueryData<Meta>(["meta"]);
  return meta?.types.find((one) => one.name === type)?.plural ?? type;
}

function all_types() {
  const meta = query_client.getQueryData<Meta>(["meta"]);
  return new Set(meta?.types.map((type) => type.name));
}

function gather(type: string, record: number | undefined) {
  stale_types.add(type);
  if (record !== undefined) stale_records.add(`${type}/${record}`);
  if (gather_timer === undefined) gather_timer = setTimeout(forget_stale, GATHER_MS);
}

function forget_stale() {
  gather_timer = undefined;
  const meta = query_client.getQueryData<Meta>(["meta"]);
  const plural_of = new Map(meta?.types.map((type) => [type.name, type.plural]));
  const plurals = new Set([...stale_types].map((type) => plural_of.get(type) ?? type));
  const records = new Set(
    [...stale_records].map((key) => {
      const [type = "", id] = key.split("/");
      return `${plural_of.get(type) ?? type}/${id}`;
    }),
  );
  for (const listener of change_listeners) listener(new Set(stale_types));
  stale_types.clear();
  stale_records.clear();
  void query_client.invalidateQueries({
    predicate: ({ queryKey: [kind, plural, id] }) =>
      kind === "list"
        ? plurals.has(String(plural))
        : ["record", "history", "relations"].includes(String(kind))
          ? records.has(`${plural}/${id}`)
          : kind === "timeline",
  });
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => connection,
  );
}
