// SPDX-License-Identifier: Apache-2.0
import type { ViewProps } from "../field_parts";

export function View({ value, dense }: ViewProps) {
  const text = String(value)
    .replace(/^https?:\/\/(www\.)?/i, "")
    .replace(/\/$/, "");
  const target = safe_url(String(value));
  if (dense || !target) return <span className="clip">{text}</span>;
  return (
    <a className="clip" href={target} target="_blank" rel="noopener noreferrer">
      {text}
    </a>
  );
}

// Only web addresses become links; javascript: and its kind stay text.
export function safe_url(value: string): string | null {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(value) ? value : `https://${value}`;
  try {
    const url = new URL(full);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}
