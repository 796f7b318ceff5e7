// SPDX-License-Identifier: Apache-2.0
// One difference: the present value and the register's side by side, and what is done about it.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import {
  IconArrowLeft,
  IconCheck,
  IconChecks,
  IconChevronDown,
  IconChevronUp,
  IconRotate,
  IconX,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { FieldMeta, TypeMeta } from "../../api/types";
import { date_text, instant_text } from "../../base/format";
import { Keys, Tag } from "../../kit/marks";
import { useDictionary } from "../../records/dictionary";
import { FieldView } from "../../records/fields/field";
import { is_empty } from "../../records/fields/field_parts";
import classes from "./review.module.css";
import type { Proposal } from "./types";
import type { ReviewActions } from "./use_review_keys";
import { useReasonWords, useStateWords } from "./words";

interface Props {
  type: TypeMeta;
  proposal: Proposal;
  actions: ReviewActions;
  close: () => void;
}

export function ProposalCompare({ type, proposal, actions, close }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const reasons = useReasonWords();
  const states = useStateWords();
  const field = dictionary.field(type, proposal.field);
  const label = dictionary.text(field?.label, proposal.field);
  const { company } = proposal;
  return (
    <section className={classes.compare} aria-label={t`The difference`}>
      <header className={classes.head}>
        <ActionIcon
          className={classes.back}
          aria-label={t`Back to the differences`}
          onClick={close}
        >
          <IconArrowLeft size={18} />
        </ActionIcon>
        <Link
          to="/$plural/$id"
          params={{ plural: type.plural, id: String(company.id) }}
          className={`${classes.company} clip`}
          aria-keyshortcuts="o"
        >
          {company.name || `#${company.id}`}
        </Link>
        {proposal.state !== "open" && <Tag>{states[proposal.state]}</Tag>}
        <div className={classes.steps}>
          <ActionIcon
            aria-label={t`Previous difference`}
            title={t`Previous difference (k)`}
            aria-keyshortcuts="k"
            onClick={actions.previous}
          >
            <IconChevronUp size={17} />
          </ActionIcon>
          <ActionIcon
            aria-label={t`Next difference`}
            title={t`Next difference (j)`}
            aria-keyshortcuts="j"
            onClick={actions.next}
          >
            <IconChevronDown size={17} />
          </ActionIcon>
        </div>
      </header>
      <div className={classes.body}>
        <h2 className={classes.field}>{label}</h2>
        <div className={classes.sides}>
          <Side head={t`Present value`} field={field} value={proposal.present} />
          <Side
            head={proposal.title}
            note={t`as of ${date_text(proposal.obtained_on)}`}
            field={field}
            value={proposal.offered}
            offered
          />
        </div>
        <p className="dim">{reasons[proposal.reason]}</p>
        <Decided proposal={proposal} />
        <Buttons actions={actions} label={label} />
      </div>
    </section>
  );
}

interface SideProps {
  head: string;
  note?: string;
  field: FieldMeta | undefined;
  value: unknown;
  offered?: boolean;
}

function Side({ head, note, field, value, offered }: SideProps) {
  const { t } = useLingui();
  return (
    <div className={classes.side} data-offered={offered}>
      <p className={classes.side_head}>
        <strong>{head}</strong> {note && <span className="dim small">{note}</span>}
      </p>
      <div className={classes.side_value}>
        {is_empty(value) || !field ? (
          <span className="faint">{t`Empty`}</span>
        ) : (
          <FieldView field={field} value={value} />
        )}
      </div>
    </div>
  );
}

function Decided({ proposal }: { proposal: Proposal }) {
  const { t } = useLingui();
  if (!proposal.decided_at) return null;
  const who = proposal.decided_by?.name ?? t`The system`;
  const when = instant_text(proposal.decided_at);
  return <p className="dim small">{t`Decided by ${who}, ${when}`}</p>;
}

function Buttons({ actions, label }: { actions: ReviewActions; label: string }) {
  const { t } = useLingui();
  return (
    <div className={classes.actions}>
      {actions.accept && (
        <Button
          leftSection={<IconCheck size={16} />}
          rightSection={<Keys>A</Keys>}
          aria-keyshortcuts="a"
          onClick={actions.accept}
        >
          {t`Accept the value`}
        </Button>
      )}
      {actions.reject && (
        <Button
          variant="default"
          leftSection={<IconX size={16} />}
          rightSection={<Keys>R</Keys>}
          aria-keyshortcuts="r"
          onClick={actions.reject}
        >
          {t`Reject`}
        </Button>
      )}
      {actions.always && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconChecks size={16} />}
          onClick={actions.always}
        >
          {t`Always take ${label} from this register`}
        </Button>
      )}
      {actions.reopen && (
        <Button variant="default" leftSection={<IconRotate size={16} />} onClick={actions.reopen}>
          {t`Decide again`}
        </Button>
      )}
    </div>
  );
}
