// SPDX-License-Identifier: Apache-2.0
// One finding: what is wrong, why, what is suggested, and what is to be done with it; beside it the
// record, and what else there is to say about it.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import {
  IconArrowLeft,
  IconCheck,
  IconChevronDown,
  IconChevronUp,
  IconExternalLink,
  IconHandStop,
  IconPencil,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { record_query } from "../../api/queries";
import type { TypeMeta } from "../../api/types";
import { date_text, number_text } from "../../base/format";
import { Keys, Tag } from "../../kit/marks";
import { TypeIcon } from "../../records/type_icon";
import { useTranslate } from "../../records/use_translate";
import { DiffView } from "./diff_view";
import { HandEdit } from "./hand_edit";
import { OtherFindings, RecordFacts } from "./record_facts";
import { ScoreRing } from "./score_ring";
import type { Finding, Severity } from "./types";
import type { QueueActs } from "./use_queue_keys";
import { SEVERITY_WORDS, SeverityIcon, useFieldName } from "./words";
import classes from "./workbench.module.css";

const COLOURS: Record<Severity, string> = { error: "red", warning: "yellow", advice: "blue" };

interface Props {
  type: TypeMeta;
  finding: Finding;
  place: { at: number; total: number } | null;
  acts: QueueActs;
  restore: () => void;
  editing: boolean;
  end_edit: () => void;
  show: (id: number) => void;
  close: () => void;
}

export function FindingPanel(props: Props) {
  const { t } = useLingui();
  const { type, finding, acts } = props;
  const record = useQuery(record_query(type.plural, finding.record.id));
  return (
    <section className={classes.panel} aria-label={t`The finding`}>
      <PanelHead {...props} />
      <div className={classes.panel_body}>
        <div className={classes.subject}>
          <h2 className="clip">
            <Link
              to="/$plural/$id"
              params={{ plural: type.plural, id: String(finding.record.id) }}
              className={classes.subject_name}
            >
              <TypeIcon type={type} size={17} />
              <span className="clip">{finding.record.name || `#${finding.record.id}`}</span>
            </Link>
          </h2>
          {finding.record.owner && <span className="dim">{finding.record.owner.name}</span>}
          {finding.record.quality_score !== null && (
            <span className={classes.subject_score} title={t`Data quality, of 100`}>
              <ScoreRing score={finding.record.quality_score} size={32} />
              <span className="visually_hidden">{t`Data quality, of 100`}</span>
            </span>
          )}
        </div>
        <Wrong {...props} />
        {props.editing && record.data ? (
          <HandEdit
            key={finding.id}
            type={type}
            finding={finding}
            record={record.data}
            done={props.end_edit}
          />
        ) : (
          <Buttons acts={acts} finding={finding} restore={props.restore} />
        )}
        <OtherFindings type={type} finding={finding} show={props.show} />
        <RecordFacts type={type} record={record.data} wrong={finding.field} />
      </div>
    </section>
  );
}

function PanelHead({ finding, place, acts, close }: Props) {
  const { t } = useLingui();
  const translate = useTranslate();
  const at = number_text(place?.at ?? 0, 0);
  const total = number_text(place?.total ?? 0, 0);
  return (
    <header className={classes.panel_head}>
      <ActionIcon className={classes.back} aria-label={t`Back to the findings`} onClick={close}>
        <IconArrowLeft size={18} />
      </ActionIcon>
      <Tag colour={COLOURS[finding.severity]}>{translate(SEVERITY_WORDS[finding.severity])}</Tag>
      {place && <span className="dim small tabular">{t`${at} of ${total}`}</span>}
      <div className={classes.steps}>
        <ActionIcon
          aria-label={t`Previous finding`}
          title={t`Previous finding (k)`}
          aria-keyshortcuts="k"
          onClick={acts.previous}
        >
          <IconChevronUp size={17} />
        </ActionIcon>
        <ActionIcon
          aria-label={t`Next finding`}
          title={t`Next finding (j)`}
          aria-keyshortcuts="j"
          onClick={acts.next}
        >
          <IconChevronDown size={17} />
        </ActionIcon>
      </div>
    </header>
  );
}

// The value, the suggestion, and the reason. Said anew when the next one comes into sight.
function Wrong({ type, finding }: Props) {
  const { t } = useLingui();
  const field_name = useFieldName();
  const name = field_name(type, finding.field);
  const { suggestion, value, dismissed } = finding;
  const day = dismissed ? date_text(dismissed.at.slice(0, 10)) : "";
  const who = dismissed?.by?.name ?? "";
  return (
    <div className={`card ${classes.wrong}`} data-severity={finding.severity} aria-live="polite">
      <p className={classes.why}>
        <SeverityIcon severity={finding.severity} size={17} />
        <span>{finding.text}</span>
      </p>
      {(name || suggestion) && (
        <dl className={classes.change}>
          <dt>{name ? t`${name} now` : t`Now`}</dt>
          <dd>{value ? value : <span className="faint">{t`Empty`}</span>}</dd>
          {suggestion && (
            <>
              <dt>{t`Suggestion`}</dt>
              <dd className={classes.suggested}>
                <DiffView before={value} after={suggestion.value} />
              </dd>
            </>
          )}
        </dl>
      )}
      {dismissed && (
        <p className={classes.left}>
          {who ? t`Left as it is by ${who}, ${day}` : t`Left as it is, ${day}`}
          {dismissed.reason && <q>{dismissed.reason}</q>}
        </p>
      )}
    </div>
  );
}

interface ButtonsProps {
  acts: QueueActs;
  finding: Finding;
  restore: () => void;
}

function Buttons({ acts, finding, restore }: ButtonsProps) {
  const { t } = useLingui();
  return (
    <div className={classes.buttons}>
      {finding.dismissed && (
        <Button variant="default" onClick={restore}>
          {t`Put back into the queue`}
        </Button>
      )}
      {acts.apply && (
        <Button
          leftSection={<IconCheck size={16} />}
          rightSection={<Keys>Enter</Keys>}
          aria-keyshortcuts="Enter"
          onClick={acts.apply}
        >
          {t`Apply the suggestion`}
        </Button>
      )}
      {acts.edit && (
        <Button
          variant={acts.apply ? "default" : "filled"}
          leftSection={<IconPencil size={16} />}
          rightSection={<Keys>E</Keys>}
          aria-keyshortcuts="e"
          onClick={acts.edit}
        >
          {t`Edit by hand`}
        </Button>
      )}
      {acts.leave && (
        <Button
          variant="default"
          leftSection={<IconHandStop size={16} />}
          rightSection={<Keys>D</Keys>}
          aria-keyshortcuts="d"
          onClick={acts.leave}
        >
          {t`Leave as it is`}
        </Button>
      )}
      {acts.open && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconExternalLink size={16} />}
          rightSection={<Keys>O</Keys>}
          aria-keyshortcuts="o"
          onClick={acts.open}
        >
          {t`Open the record`}
        </Button>
      )}
    </div>
  );
}
