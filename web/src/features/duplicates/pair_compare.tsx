// SPDX-License-Identifier: Apache-2.0
// Two records side by side, where they agree and where not, and why they may be the same.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import {
  IconArrowLeft,
  IconArrowMerge,
  IconChevronDown,
  IconChevronUp,
  IconEqualNot,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { TypeMeta } from "../../api/types";
import { Keys } from "../../kit/marks";
import { useDictionary } from "../../records/dictionary";
import { FieldView } from "../../records/fields/field";
import { is_empty, same_value } from "../../records/fields/field_parts";
import classes from "./duplicates.module.css";
import type { Pair, Reason, Side } from "./types";
import type { PairActions } from "./use_pair_keys";
import { CertaintyTag, Score } from "./words";

interface Props {
  type: TypeMeta;
  pair: Pair;
  actions: PairActions;
  close: () => void;
}

const POINTS_SHOWN_MAX = 20;

export function PairCompare({ type, pair, actions, close }: Props) {
  const { t } = useLingui();
  return (
    <section className={classes.compare} aria-label={t`The pair`}>
      <header className={classes.compare_head}>
        <ActionIcon className={classes.back} aria-label={t`Back to the pairs`} onClick={close}>
          <IconArrowLeft size={18} />
        </ActionIcon>
        <Score score={pair.score} certainty={pair.certainty} />
        <CertaintyTag certainty={pair.certainty} />
        <div className={classes.steps}>
          <ActionIcon
            aria-label={t`Previous pair`}
            title={t`Previous pair (k)`}
            aria-keyshortcuts="k"
            onClick={actions.previous}
          >
            <IconChevronUp size={17} />
          </ActionIcon>
          <ActionIcon
            aria-label={t`Next pair`}
            title={t`Next pair (j)`}
            aria-keyshortcuts="j"
            onClick={actions.next}
          >
            <IconChevronDown size={17} />
          </ActionIcon>
        </div>
        <div className={classes.compare_actions}>
          <Button
            variant="default"
            leftSection={<IconEqualNot size={16} />}
            rightSection={<Keys>N</Keys>}
            aria-keyshortcuts="n"
            onClick={actions.apart}
          >
            {t`Not a duplicate`}
          </Button>
          {actions.merge && (
            <Button
              leftSection={<IconArrowMerge size={16} />}
              rightSection={<Keys>M</Keys>}
              aria-keyshortcuts="m"
              onClick={actions.merge}
            >
              {t`Merge`}
            </Button>
          )}
        </div>
      </header>
      <div className={classes.compare_body}>
        <Table type={type} pair={pair} />
        <Why reasons={pair.reasons} />
      </div>
    </section>
  );
}

function Table({ type, pair }: { type: TypeMeta; pair: Pair }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const { left, right } = pair;
  const reasons = new Map(pair.reasons.map((reason) => [reason.field, reason]));
  const names = [...new Set([...Object.keys(left.record), ...Object.keys(right.record)])];
  const fields = names.flatMap((name) => {
    const field = dictionary.field(type, name);
    const empty = is_empty(left.record[name]) && is_empty(right.record[name]);
    return field && !field.hidden && !empty ? [field] : [];
  });
  return (
    <div className={classes.table_box}>
      <table className={classes.table}>
        <thead>
          <tr>
            <td />
            <SideHead type={type} side={left} />
            <SideHead type={type} side={right} />
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const mine = left.record[field.name];
            const theirs = right.record[field.name];
            // When a record was made says nothing about what it is.
            const both = !is_empty(mine) && !is_empty(theirs) && !field.read_only;
            const points = reasons.get(field.name)?.points ?? 0;
            const agree = both && (same_value(mine, theirs) || points > 0);
            return (
              <tr key={field.name} data-agree={both ? agree : undefined}>
                <th scope="row">{dictionary.text(field.label, field.name)}</th>
                {[left, right].map((side) => (
                  <td key={side.id}>
                    {is_empty(side.record[field.name]) ? (
                      <span className="faint">{t`Empty`}</span>
                    ) : (
                      <FieldView field={field} value={side.record[field.name]} />
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function SideHead({ type, side }: { type: TypeMeta; side: Side }) {
  return (
    <th scope="col">
      <Link
        to="/$plural/$id"
        params={{ plural: type.plural, id: String(side.id) }}
        className={classes.side_name}
      >
        {side.label || `#${side.id}`}
      </Link>
      <span className="faint tabular small">#{side.id}</span>
    </th>
  );
}

function Why({ reasons }: { reasons: Reason[] }) {
  const { t } = useLingui();
  return (
    <aside className={classes.why} aria-labelledby="pair_why">
      <h2 id="pair_why">{t`Why`}</h2>
      <ul>
        {reasons.map((reason) => {
          const share = Math.min(1, Math.abs(reason.points) / POINTS_SHOWN_MAX);
          return (
            <li
              key={`${reason.kind}/${reason.field}`}
              data-against={reason.points < 0 || undefined}
            >
              <p>{reason.text}</p>
              <span className={classes.bar} aria-hidden>
                <i style={{ width: `${Math.round(100 * share)}%` }} />
              </span>
              <span className="visually_hidden">
                {reason.points < 0 ? t`Speaks against it` : t`Speaks for it`}
              </span>
            </li>
          );
        })}
      </ul>
    </aside>
  );
}
