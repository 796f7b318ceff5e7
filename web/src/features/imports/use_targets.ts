// SPDX-License-Identifier: Apache-2.0
// What the columns of a file can fill, as a list to choose from.
import { useLingui } from "@lingui/react/macro";
import type { TypeMeta } from "../../api/types";
import { writable_fields } from "../../records/create_dialog";
import { useDictionary } from "../../records/dictionary";

export interface Target {
  value: string;
  label: string;
}

const FINDS = ["name", "email"];

// A file of persons may carry their companies: the fields of a linked record can be filled too.
export function useTargets(type: TypeMeta): Target[] {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const address_parts = [
    ["street", t`Street`],
    ["postcode", t`Postcode`],
    ["city", t`City`],
    ["region", t`Region`],
    ["country", t`Country`],
  ];
  const own = (owner: TypeMeta, prefix: string, before: string) =>
    writable_fields(owner).flatMap((field) => {
      const label = before + dictionary.text(field.label, field.name);
      const value = prefix + field.name;
      if (field.kind === "file") return [];
      if (field.kind === "money") {
        const currency = { value: `${value}.currency`, label: `${label}: ${t`Currency`}`, field };
        return [{ value, label, field }, currency];
      }
      if (field.kind !== "address") return [{ value, label, field }];
      return address_parts.map(([part, words]) => ({
        value: `${value}.${part}`,
        label: `${label}: ${words}`,
        field,
      }));
    });
  const first = own(type, "", "");
  const linked = first.flatMap(({ value, label, field }) => {
    const target = field.kind === "link" ? dictionary.type(field.target ?? "") : undefined;
    if (!target) return [];
    const inner = own(target, `${value}.`, `${label}: `);
    // Users are found, by what names them, and never made by a file.
    if (target.system) return inner.filter((entry) => FINDS.includes(entry.field.name));
    return inner.filter((entry) => entry.field.kind !== "link" && entry.field.kind !== "links");
  });
  const kinds = [
    ["phone", t`Phone`],
    ["email", t`E-mail`],
    ["url", t`Web address`],
    ["address", t`Address`],
  ];
  const points = (type.contact_points ? kinds : []).map(([kind, words]) => ({
    value: `contact_points.${kind}`,
    label: `${t`Contact points`}: ${words}`,
  }));
  return [...first, ...linked, ...points].map(({ value, label }) => ({ value, label }));
}
