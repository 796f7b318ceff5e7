// SPDX-License-Identifier: Apache-2.0
// Files of the mock server: uploads, versions and downloads, in memory.
const uploads = new Map();
const versions = new Map();
const MARKS = [
  ["%PDF-", "application/pdf"],
  ["\x89PNG", "image/png"],
];
// Where a browser may show it: what the server sends, in short.
const POLICY = {
  "application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'",
};

function type_of(bytes) {
  const head = bytes.subarray(0, 16).toString("latin1");
  const mark = MARKS.find(([start]) => head.startsWith(start));
  if (mark) return mark[1];
  return head.trimStart().startsWith("<") ? "application/octet-stream" : "text/plain";
}

export function store_upload(id, name, bytes) {
  const file = { id, name, size: bytes.length, type: type_of(bytes) };
  uploads.set(id, { ...file, bytes });
  return file;
}

// What a record's field becomes when it is set to an upload.
export function put_file(plural, record, value, by) {
  if (value === null) return null;
  const { bytes, ...file } = uploads.get(value?.id ?? value);
  const key = `${plural}/${record}`;
  const list = versions.get(key) ?? [];
  const first = list.findLast((version) => version.file === file.id);
  const at = new Date().toISOString();
  const number = list.length + 1;
  list.unshift({ ...file, file: file.id, number, restored_from: first?.number ?? null, at, by });
  versions.set(key, list);
  return file;
}

export function list_versions(plural, row) {
  const list = versions.get(`${plural}/${row.id}`) ?? [];
  const items = list.map((version, index) => ({ ...version, current: !!row.file && index === 0 }));
  return { items, next: null };
}

export const file_of_version = (plural, record, number) =>
  versions.get(`${plural}/${record}`)?.find((version) => version.number === number)?.file;

// Answers a download; false when the path is none.
export function send_file(path, response) {
  const match = /^(\w+)\/(\d+)\/files\/\w+\/versions\/(\d+)$/.exec(path);
  const file = match && uploads.get(file_of_version(match[1], match[2], Number(match[3])));
  if (!file) return false;
  response.writeHead(200, {
    "Content-Type": file.type,
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": POLICY[file.type] ?? "sandbox; default-src 'none'",
  });
  response.end(file.bytes);
  return true;
}
