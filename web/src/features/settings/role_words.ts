// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { useDictionary } from "../../records/dictionary";
import { EVERY_TYPE } from "./role_rights";

export function useRoleWords() {
  const { t } = useLingui();
  const { meta, text } = useDictionary();
  const actions: Record<string, string> = {
    read: t`Read`,
    create: t`Create`,
    update: t`Change`,
    archive: t`Archive`,
    export: t`Export`,
  };
  const near = [
    { value: "", label: t`none` },
    { value: "mine", label: t`mine` },
    { value: "primary_group", label: t`my group` },
    { value: "other_groups", label: t`my groups` },
    { value: "all", label: t`all` },
  ];
  const others: Record<string, string> = {
    administer: t`Administer users, roles, types and lists`,
    import: t`Import files`,
    bulk_edit: t`Edit many records at once`,
    read_access_log: t`Read the access log`,
    reveal_masked: t`Reveal masked fields (is logged)`,
    operate: t`Operate jobs and backup`,
    contact: t`Contact details`,
    special: t`Special categories`,
    national_id: t`National id numbers`,
  };
  const types = meta.types.map((type) => ({
    name: type.name,
    label: text(type.label, type.name),
  }));
  return {
    action: (name: string) => actions[name] ?? name,
    near,
    circle: (name: string) => near.find((entry) => entry.value === name)?.label ?? name,
    other: (name: string) => others[name] ?? name,
    types,
    rows: [{ name: EVERY_TYPE, label: t`All other types` }, ...types],
  };
}
