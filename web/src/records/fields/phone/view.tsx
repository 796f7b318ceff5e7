// SPDX-License-Identifier: Apache-2.0
import type { ViewProps } from "../field_parts";

export function View({ value, dense }: ViewProps) {
  const text = spaced_phone(String(value));
  if (dense) return <span className="clip tabular">{text}</span>;
  return (
    <a className="clip tabular" href={`tel:${String(value).replace(/[^+\d]/g, "")}`}>
      {text}
    </a>
  );
}

// Danish, Norwegian and Swedish numbers are read in pairs; others stay as they are kept.
export function spaced_phone(phone: string): string {
  const nordic = /^\+(45|47)(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(phone);
  if (nordic) return `+${nordic[1]} ${nordic[2]} ${nordic[3]} ${nordic[4]} ${nordic[5]}`;
  return phone;
}
