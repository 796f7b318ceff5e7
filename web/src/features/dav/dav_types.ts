// SPDX-License-Identifier: Apache-2.0
// The shapes of /me/dav.

export interface DavBook {
  selection: number | null; // null: what is one's own
  name: string;
  type: "person" | "company";
  count: number;
  is_too_large: boolean;
}

export interface Dav {
  path: string;
  user_name: string;
  entries_max: number;
  books_max: number;
  books: DavBook[];
}

export const DAV_KEY = ["dav"];

// What a program needs for the diary and the contacts, and nothing more.
export const DAV_SCOPES = ["activity:write", "person:write", "company:write", "user:read"];

// Where programs look; they find the rest themselves.
export function dav_address(origin: string, path: string): string {
  return origin + path;
}
