// SPDX-License-Identifier: Apache-2.0
// One appointment beside the diary: when, where, with whom; answering, changing, deleting.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button } from "@mantine/core";
import {
  IconBell,
  IconBriefcase,
  IconBuilding,
  IconClock,
  IconExternalLink,
  IconMapPin,
  IconPencil,
  IconRepeat,
  IconTrash,
  IconUser,
  IconUsers,
  IconX,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { record_query } from "../../api/queries";
import { Tag } from "../../kit/marks";
import { useDictionary } from "../../records/dictionary";
import { useTranslate } from "../../records/use_translate";
import { AnswerButtons, Participants } from "./answers";
import { type DiaryParts, useTone } from "./diary_parts";
import { type Answer, type Entry, is_done, is_task } from "./diary_types";
import { useEntryText } from "./entry_text";
import classes from "./panel.module.css";
import { useReminderText } from "./reminders";
import { repeat_text } from "./repeat_text";
import { parse_rule } from "./rrule";

interface Props {
  parts: DiaryParts;
  entry: Entry;
  edit: () => void;
  answer: (entry: Entry, said: Exclude<Answer, "invited">) => void;
  close: () => void;
}

export default function EntryPanel({ parts, entry, edit, answer, close }: Props) {
  const { t } = useLingui();
  const text = useEntryText(parts.state.zone);
  const tone = useTone(parts.persons);
  return (
    <aside
      className={classes.panel}
      aria-label={t`Appointment`}
      data-colour={tone(entry)}
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && close()}
    >
      <header className={classes.head}>
        <h2>{entry.name}</h2>
        <ActionIcon aria-label={t`Close`} onClick={close} data-panel-close>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className={classes.body}>
        <Marks entry={entry} />
        {entry.my_answer && <AnswerButtons entry={entry} answer={answer} />}
        <Fact icon={<IconClock />} label={t`When`}>
          {text.when(entry)}
        </Fact>
        {entry.may_read && <RecordFacts entry={entry} zone={parts.state.zone} />}
        {entry.location && (
          <Fact icon={<IconMapPin />} label={t`Place`}>
            {entry.location}
          </Fact>
        )}
        <Linked icon={<IconBuilding />} label={t`Company`} type="company" to={entry.company} />
        <Linked icon={<IconUser />} label={t`Person`} type="person" to={entry.person} />
        <Linked icon={<IconBriefcase />} label={t`Sale`} type="sale" to={entry.sale} />
        {entry.participants.length > 0 && (
          <Fact icon={<IconUsers />} label={t`Participants`}>
            <Participants participants={entry.participants} />
          </Fact>
        )}
      </div>
      <footer className={classes.foot}>
        {entry.may_edit && (
          <>
            {is_task(entry) && (
              <Button variant="default" onClick={() => parts.tick(entry, !is_done(entry))}>
                {is_done(entry) ? t`Not done` : t`Done`}
              </Button>
            )}
            <Button variant="default" leftSection={<IconPencil size={15} />} onClick={edit}>
              {t`Edit`}
            </Button>
            <ActionIcon
              size={32}
              variant="default"
              aria-label={t`Put into the bin`}
              title={t`Put into the bin`}
              onClick={() => {
                close();
                parts.remove(entry);
              }}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </>
        )}
        {entry.may_read && (
          <Link
            className={classes.open}
            to="/$plural/$id"
            params={{ plural: "activities", id: String(entry.activity) }}
          >
            <IconExternalLink size={15} aria-hidden />
            {t`Open the record`}
          </Link>
        )}
      </footer>
    </aside>
  );
}

function Marks({ entry }: { entry: Entry }) {
  const dictionary = useDictionary();
  const marks = [
    ["activity_kind", entry.kind?.key],
    ["activity_status", entry.status?.key],
  ].flatMap(([list, key]) => dictionary.item(list, key ?? "") ?? []);
  return (
    <div className="row wrap">
      {marks.map((item) => (
        <Tag key={item.key} colour={item.colour}>
          {dictionary.text(item.label, item.key)}
        </Tag>
      ))}
    </div>
  );
}

// What only the record knows; whoever is merely invited may not see it.
function RecordFacts({ entry, zone }: { entry: Entry; zone: string }) {
  const { t } = useLingui();
  const translate = useTranslate();
  const reminder_text = useReminderText(entry.all_day || is_task(entry));
  const { data } = useQuery({ ...record_query("activities", entry.activity), retry: false });
  const rule = String(data?.recurrence ?? "");
  const repeat = parse_rule(rule, String(data?.recurrence_zone || zone));
  const minutes = data?.reminder_minutes;
  return (
    <>
      {rule && (
        <Fact icon={<IconRepeat />} label={t`Repeats`}>
          {repeat ? repeat_text(repeat, translate) : rule}
        </Fact>
      )}
      {typeof minutes === "number" && (
        <Fact icon={<IconBell />} label={t`Reminder`}>
          {reminder_text(minutes)}
        </Fact>
      )}
      {data?.description ? <p className={classes.notes}>{String(data.description)}</p> : null}
    </>
  );
}

function Fact({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <div className="grow">
        <span className="visually_hidden">{label}</span>
        {children}
      </div>
    </div>
  );
}

interface LinkedProps {
  icon: ReactNode;
  label: string;
  type: string;
  to: { id: number; title: string } | null;
}

function Linked({ icon, label, type, to }: LinkedProps) {
  const plural = useDictionary().type(type)?.plural;
  if (!to || !plural) return null;
  return (
    <Fact icon={icon} label={label}>
      <Link to="/$plural/$id" params={{ plural, id: String(to.id) }}>
        {to.title}
      </Link>
    </Fact>
  );
}
