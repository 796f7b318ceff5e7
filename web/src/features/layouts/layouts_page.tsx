// SPDX-License-Identifier: Apache-2.0
// Settings → Layouts: sections and fields of records' pages, per type and role.
import { useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { roles_query } from "../../api/queries";
import type { TypeMeta } from "../../api/types";
import { ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { fill_layout } from "../../records/layout/layout_parts";
import { TypeIcon } from "../../records/type_icon";
import { useErrorText } from "../../records/use_translate";
import { LayoutEditor } from "./layout_editor";
import { layout_query } from "./layout_queries";
import classes from "./layouts.module.css";

// The type that has the most to lay out.
const FIRST_TYPE = "company";

export function LayoutsPage() {
  const { t } = useLingui();
  const { meta, text, type: find } = useDictionary();
  const [name, set_name] = useState(find(FIRST_TYPE) ? FIRST_TYPE : (meta.types[0]?.name ?? ""));
  const [role, set_role] = useState(0);
  const type = find(name);
  return (
    <div>
      <header className={classes.head}>
        <h2>{t`Layouts`}</h2>
        <p className="dim">
          {t`Which fields stand where on the page of a record, for everybody or for a role.`}{" "}
          {t`What is left off the page is not kept back: lists and exports have it as before.`}
        </p>
      </header>
      <div className={classes.choice}>
        <Select
          label={t`Record type`}
          allowDeselect={false}
          searchable
          leftSection={<TypeIcon type={type} size={16} />}
          data={meta.types.map((entry) => ({
            value: entry.name,
            label: text(entry.label, entry.name),
          }))}
          value={name}
          onChange={(next) => set_name(next ?? name)}
        />
        <RoleSelect type={name} role={role} choose={set_role} />
      </div>
      {type && <LoadedLayout key={`${name}/${role}`} type={type} role={role} />}
    </div>
  );
}

interface RoleProps {
  type: string;
  role: number;
  choose: (role: number) => void;
}

function RoleSelect({ type, role, choose }: RoleProps) {
  const { t } = useLingui();
  const roles = useQuery(roles_query);
  const own_for = useQuery(layout_query(type, role)).data?.own_for ?? [];
  const label = (id: number, name: string) =>
    own_for.includes(id) ? t`${name} (own layout)` : name;
  return (
    <Select
      label={t`For`}
      allowDeselect={false}
      data={[
        { value: "0", label: label(0, t`Everybody else`) },
        ...(roles.data?.items ?? []).map((one) => ({
          value: String(one.id),
          label: label(one.id, one.name),
        })),
      ]}
      value={String(role)}
      onChange={(next) => choose(Number(next ?? 0))}
    />
  );
}

function LoadedLayout({ type, role }: { type: TypeMeta; role: number }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const stored = useQuery(layout_query(type.name, role));
  if (stored.isPending) return <SkeletonLines count={12} />;
  if (!stored.data)
    return (
      <ErrorState
        title={t`This could not be shown`}
        detail={error_text(stored.error)}
        retry={() => void stored.refetch()}
        retry_label={t`Try again`}
      />
    );
  const { data } = stored;
  const state = { ...data, layout: fill_layout(data.layout, type, data.from_role === null) };
  return <LayoutEditor key={`${data.version}/${data.from_role}`} type={type} state={state} />;
}
