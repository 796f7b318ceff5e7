// SPDX-License-Identifier: Apache-2.0
// The findings of the queue, one after the other or under the record that they are about.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useDictionary } from "../../records/dictionary";
import { TypeIcon } from "../../records/type_icon";
import { DiffView } from "./diff_view";
import type { Finding } from "./types";
import { SeverityIcon, useFieldName } from "./words";
import classes from "./workbench.module.css";

interface Props {
  findings: Finding[];
  shown: Finding;
  by_record: boolean;
  open: (finding: Finding) => void;
  more: (() => void) | undefined;
  loading: boolean;
}

const is_of = (finding: Finding, other: Finding | undefined) =>
  !!other && other.type === finding.type && other.record.id === finding.record.id;

export function FindingList({ findings, shown, by_record, open, more, loading }: Props) {
  const { t } = useLingui();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is brought into sight
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [shown.id]);
  return (
    <ul ref={list} className={classes.list} aria-label={t`Findings`} data-findings>
      {findings.map((finding, place) => (
        <li key={finding.id}>
          {by_record && !is_of(finding, findings[place - 1]) && <RecordHead finding={finding} />}
          <Item
            finding={finding}
            is_shown={finding.id === shown.id}
            by_record={by_record}
            open={() => open(finding)}
          />
        </li>
      ))}
      {more && (
        <li className={classes.more}>
          <Button variant="subtle" fullWidth loading={loading} onClick={more}>
            {t`Show more`}
          </Button>
        </li>
      )}
    </ul>
  );
}

const name_of = ({ record }: Finding) => record.name || `#${record.id}`;

function RecordHead({ finding }: { finding: Finding }) {
  const type = useDictionary().type(finding.type);
  return (
    <p className={classes.record_head}>
      {type && <TypeIcon type={type} size={14} />}
      <span className="clip">{name_of(finding)}</span>
    </p>
  );
}

interface ItemProps {
  finding: Finding;
  is_shown: boolean;
  by_record: boolean;
  open: () => void;
}

function Item({ finding, is_shown, by_record, open }: ItemProps) {
  const type = useDictionary().type(finding.type);
  const field_name = useFieldName();
  const { value, suggestion } = finding;
  return (
    <button
      type="button"
      className={classes.item}
      data-grouped={by_record || undefined}
      aria-current={is_shown || undefined}
      onClick={open}
    >
      <SeverityIcon severity={finding.severity} />
      <span className="grow">
        {!by_record && <span className={`${classes.item_name} clip`}>{name_of(finding)}</span>}
        <span className={`${classes.item_text} clip`}>
          {finding.text || field_name(type, finding.field)}
        </span>
        {suggestion ? (
          <span className={`${classes.item_value} clip`}>
            <DiffView before={value} after={suggestion.value} />
          </span>
        ) : (
          value && <span className={`${classes.item_value} dim clip`}>{value}</span>
        )}
      </span>
    </button>
  );
}
