// SPDX-License-Identifier: Apache-2.0
import type { Address } from "../../../api/types";
import { country_text } from "../../../base/format";
import type { ViewProps } from "../field_parts";
import classes from "./view.module.css";

export function address_lines(address: Address): string[] {
  const place = [address.postcode, address.city].filter(Boolean).join(" ");
  const country = address.country ? country_text(address.country) : "";
  return [address.street, place, address.region, country].filter((line): line is string => !!line);
}

export function View({ value, dense }: ViewProps) {
  const lines = address_lines(value as Address);
  if (dense) return <span className="clip">{lines.join(", ")}</span>;
  return (
    <span className={classes.address}>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </span>
  );
}
