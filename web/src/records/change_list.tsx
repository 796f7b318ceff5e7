// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { IconArrowRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { record_query } from "../api/queries";
import type { ContactPoint, FieldChange, TypeMeta } from "../api/types";
import classes from "./change_list.module.css";
import { useDictionary } from "./dictionary";
import { address_lines } from "./fields/address/view";
import { FieldView } from "./fields/field";
import { is_empty } from "./fields/field_parts";

export function ChangeList({ type, changes }: { type: TypeMeta; changes: FieldChange[] }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  // What belongs to a record without being one of its fields.
  const parts: Record<string, string> = {
    [POINTS]: t`Contact points`,
    [RELATIONS]: t`Relations`,
  };
  return (
    <ul className={classes.list}>
      {changes.map((change) => {
        const field = dictionary.field(type, change.field);
        return (
          <li key={change.field} className={classes.line}>
            <span className={classes.field}>
              {field || !(change.field in parts)
                ? dictionary.text(field?.label, change.field)
                : parts[change.field]}
            </span>
            {change.masked && (
              <span className="dim" title={t`You may not see this`}>
                ••••••
              </span>
            )}
            {!change.masked && !is_empty(change.old) && (
              <>
                <span className={classes.old}>
                  <ChangedValue type={type} change={change} value={change.old} />
                </span>
                <IconArrowRight size={13} color="var(--text-faint)" aria-hidden />
              </>
            )}
            {!change.masked && (
              <span className={classes.value}>
                {is_empty(change.new) ? (
                  "–"
                ) : (
                  <ChangedValue type={type} change={change} value={change.new} />
                )}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

interface ValueProps {
  type: TypeMeta;
  change: FieldChange;
  value: unknown;
}

const POINTS = "contact_points";
const RELATIONS = "relations";
const SHAPED = ["link", "user", "group", "file", "money", "address"];
const LINKS = ["link", "user", "group"];

// History keeps what was stored then: links as numbers, and values whose field may be gone.
function ChangedValue({ type, change, value }: ValueProps) {
  const dictionary = useDictionary();
  const field = dictionary.field(type, change.field);
  if (change.field === POINTS && Array.isArray(value))
    return <span>{(value as ContactPoint[]).map(point_text).join(" · ")}</span>;
  if (change.field === RELATIONS && !field) return <span>{relation_text(value as Related)}</span>;
  if (field && LINKS.includes(field.kind) && typeof value === "number") {
    const plural = dictionary.type(field.target || field.kind)?.plural;
    if (plural) return <RecordName plural={plural} id={value} />;
  }
  if (field && (!SHAPED.includes(field.kind) || typeof value === "object"))
    return <FieldView field={field} value={value} dense />;
  return <span>{typeof value === "object" ? JSON.stringify(value) : String(value)}</span>;
}

interface Related {
  sentence: string;
  note: string;
}

const relation_text = ({ sentence, note }: Related) => (note ? `${sentence} (${note})` : sentence);

const point_text = (point: ContactPoint) =>
  typeof point.value === "string" ? point.value : address_lines(point.value).join(", ");

function RecordName({ plural, id }: { plural: string; id: number }) {
  const { data } = useQuery({ ...record_query(plural, id), staleTime: Number.POSITIVE_INFINITY });
  return <span className="clip">{data ? String(data.name) : `#${id}`}</span>;
}
