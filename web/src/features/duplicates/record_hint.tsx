// SPDX-License-Identifier: Apache-2.0
// On the page of a record: others that are likely the same, to compare, merge, or tell apart.
import { useLingui } from "@lingui/react/macro";
import { Button, Popover } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Row, TypeMeta } from "../../api/types";
import { toast_error, toast_undo } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { is_empty, to_wire } from "../../records/fields/field_parts";
import { open_record_action } from "../../records/record_actions";
import { useErrorText } from "../../records/use_translate";
import classes from "./duplicates.module.css";
import { candidates_query, dismiss, refresh_duplicates, restore, rules_query } from "./queries";
import type { Candidate } from "./types";
import { CertaintyTag, ReasonList } from "./words";

export default function RecordHint({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const [open, set_open] = useState(false);
  const rules = useQuery(rules_query).data?.rules.find((one) => one.type === type.name);
  const fields = new Set(rules?.comparisons.flatMap((one) => one.fields));
  const values = Object.fromEntries(
    type.fields
      .filter((field) => fields.has(field.name) && !is_empty(record[field.name]))
      .map((field) => [field.name, to_wire(record[field.name])]),
  );
  const found = useQuery({
    ...candidates_query(type.plural, values, record.id),
    enabled: Object.keys(values).length > 0,
  });
  const likely = (found.data?.candidates ?? []).filter((one) => one.certainty !== "possible");
  const first = likely[0];
  if (!first) return null;
  const others = likely.length - 1;
  const count = likely.length;
  return (
    <section className={classes.hint} aria-label={t`Possible duplicates`}>
      <IconCopy size={16} stroke={1.7} aria-hidden />
      <span className="clip">
        {others
          ? t`${first.label} and ${others} more may be the same`
          : t`${first.label} may be the same`}
      </span>
      <CertaintyTag certainty={first.certainty} />
      <Popover opened={open} onChange={set_open} position="bottom-end" width={380} trapFocus>
        <Popover.Target>
          <Button variant="default" size="xs" ml="auto" onClick={() => set_open(!open)}>
            {count > 1 ? t`Look at ${count}` : t`Look`}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={0} aria-label={t`Possible duplicates`}>
          <ul className={classes.candidates}>
            {likely.map((candidate) => (
              <Found
                key={candidate.id}
                type={type}
                record={record}
                candidate={candidate}
                close={() => set_open(false)}
              />
            ))}
          </ul>
        </Popover.Dropdown>
      </Popover>
    </section>
  );
}

interface FoundProps {
  type: TypeMeta;
  record: Row;
  candidate: Candidate;
  close: () => void;
}

function Found({ type, record, candidate, close }: FoundProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const ids: [number, number] = [record.id, candidate.id];
  const take_back = () =>
    void restore(type.name, ids).then(refresh_duplicates, (error) =>
      toast_error(error_text(error)),
    );
  const apart = useMutation({
    mutationFn: () => dismiss(type.name, ids),
    onSuccess: () => {
      toast_undo(t`Not a duplicate: remembered.`, t`Undo`, take_back);
      close();
      return refresh_duplicates();
    },
    onError: (error) => toast_error(error_text(error)),
  });
  const may_merge = dictionary.can(type.name, "update") && dictionary.can(type.name, "archive");
  return (
    <li className={classes.found}>
      <div className="row">
        <Link
          className="clip"
          to="/$plural/$id"
          params={{ plural: type.plural, id: String(candidate.id) }}
        >
          {candidate.label || `#${candidate.id}`}
        </Link>
        <CertaintyTag certainty={candidate.certainty} />
      </div>
      <ReasonList reasons={candidate.reasons} />
      <div className="row" style={{ marginTop: 8 }}>
        {may_merge && (
          <Button
            size="xs"
            onClick={() => {
              close();
              open_record_action("merge", { type, ids });
            }}
          >
            {t`Compare and merge`}
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          loading={apart.isPending}
          onClick={() => apart.mutate()}
        >
          {t`Not a duplicate`}
        </Button>
      </div>
    </li>
  );
}
