// SPDX-License-Identifier: Apache-2.0
// Which records an entry of the access log is about: the first by name, the others on demand.
import { useLingui } from "@lingui/react/macro";
import { Button, Popover } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { AccessEntry, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import classes from "./access_log.module.css";
import { names_query } from "./access_log_query";

// So many of each entry are named in its row.
const NAMED_MAX = 3;

// The names of the first records of all entries, in one call for each type.
export function useFirstNames(items: AccessEntry[], name: string): Map<number, string> | undefined {
  const { type } = useDictionary();
  const ids = items
    .filter((entry) => entry.record_type === name)
    .flatMap((entry) => entry.ids?.slice(0, NAMED_MAX) ?? []);
  const unique = [...new Set(ids)].sort((left, right) => left - right);
  return useQuery(names_query(type(name)?.plural ?? "", type(name) ? unique : [])).data;
}

interface Props {
  entry: AccessEntry;
  names: Map<number, string> | undefined;
}

export function AccessedRecords({ entry, names }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [open, set_open] = useState(false);
  const type = dictionary.type(entry.record_type ?? "");
  const ids = entry.ids ?? [];
  if (!type || !ids.length)
    return <span className="tabular">{entry.count ? number_text(entry.count, 0) : ""}</span>;
  const rest = ids.length - NAMED_MAX;
  return (
    <span className={classes.records}>
      {ids.slice(0, NAMED_MAX).map((id) => (
        <RecordLink key={id} type={type} id={id} name={names?.get(id)} />
      ))}
      {rest > 0 && (
        <Popover opened={open} onChange={set_open} position="bottom-start" withinPortal trapFocus>
          <Popover.Target>
            <Button variant="subtle" size="compact-xs" onClick={() => set_open(!open)}>
              {t`and ${number_text(rest, 0)} more`}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>{open && <AllRecords type={type} ids={ids} />}</Popover.Dropdown>
        </Popover>
      )}
    </span>
  );
}

function AllRecords({ type, ids }: { type: TypeMeta; ids: number[] }) {
  const names = useQuery(names_query(type.plural, ids));
  if (names.isPending) return <SkeletonLines count={4} />;
  return (
    <ul className={classes.all}>
      {ids.map((id) => (
        <li key={id}>
          <RecordLink type={type} id={id} name={names.data?.get(id)} />
        </li>
      ))}
    </ul>
  );
}

// Without a name: erased, archived, or not for this reader's eyes.
function RecordLink({ type, id, name }: { type: TypeMeta; id: number; name: string | undefined }) {
  const { text } = useDictionary();
  return (
    <Link to="/$plural/$id" params={{ plural: type.plural, id: String(id) }}>
      {name ?? `${text(type.label, type.name)} ${id}`}
    </Link>
  );
}
