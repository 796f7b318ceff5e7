// SPDX-License-Identifier: Apache-2.0
import { Link } from "@tanstack/react-router";
import type { Ref } from "../../../api/types";
import { SquareMark } from "../../../kit/marks";
import { useDictionary } from "../../dictionary";
import type { ViewProps } from "../field_parts";

export function View({ field, value, dense }: ViewProps) {
  const { type } = useDictionary();
  const ref = value as Ref;
  const plural = type(field.target ?? "")?.plural;
  if (dense || !plural) return <span className="clip">{ref.name}</span>;
  return (
    <Link to="/$plural/$id" params={{ plural, id: String(ref.id) }} className="row clip">
      <SquareMark name={ref.name} size={18} />
      <span className="clip">{ref.name}</span>
    </Link>
  );
}
