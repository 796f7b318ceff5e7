// SPDX-License-Identifier: Apache-2.0
// Every key that does something, by where it does it. tidy: table
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Modal } from "../../kit/dialog";
import { Keys } from "../../kit/marks";
import { useTranslate } from "../../records/use_translate";
import classes from "./help.module.css";

interface Line {
  keys: MessageDescriptor;
  does: MessageDescriptor;
}

const SECTIONS: { title: MessageDescriptor; lines: Line[] }[] = [
  {
    title: msg`Everywhere`,
    lines: [
      { keys: msg`Ctrl K`, does: msg`Search and commands` },
      { keys: msg`C`, does: msg`Create a record` },
      { keys: msg`?`, does: msg`Show this page` },
      { keys: msg`Tab`, does: msg`Go on; the first Tab skips to the content` },
      { keys: msg`Esc`, does: msg`Close, or take back what is being typed` },
    ],
  },
  {
    title: msg`Records`,
    lines: [
      { keys: msg`J, K`, does: msg`Next and previous in the list one came from` },
      { keys: msg`Enter`, does: msg`On a pencil: edit the field. In the field: save` },
      { keys: msg`Ctrl Enter`, does: msg`Save a long text or a note` },
    ],
  },
  {
    title: msg`Dashboards, while they are edited`,
    lines: [
      { keys: msg`Arrows`, does: msg`On the grip of a tile: move it` },
      { keys: msg`Shift and arrows`, does: msg`On the grip of a tile: its size` },
      { keys: msg`Delete`, does: msg`On the grip of a tile: take it off the page` },
    ],
  },
  {
    title: msg`Calendars`,
    lines: [
      { keys: msg`Arrows`, does: msg`Go from day to day` },
      { keys: msg`Page Up, Page Down`, does: msg`The month or week before and after` },
      { keys: msg`T`, does: msg`Go to today` },
      { keys: msg`Enter`, does: msg`Into the day; on a record: open it` },
      { keys: msg`Alt and arrows`, does: msg`Move the record to another day` },
      { keys: msg`M`, does: msg`Choose another day for the record` },
    ],
  },
  {
    title: msg`Diary`,
    lines: [
      { keys: msg`D, W, M, A`, does: msg`Day, week, month, agenda` },
      { keys: msg`Left, right`, does: msg`Go back and on; in the hours from column to column` },
      { keys: msg`T`, does: msg`Go to today` },
      { keys: msg`N`, does: msg`A new appointment` },
      { keys: msg`Enter`, does: msg`In the hours: open what stands there, or make a new one` },
      { keys: msg`Alt and arrows`, does: msg`Move the appointment; with Shift its end` },
      { keys: msg`Delete`, does: msg`Put the appointment into the bin` },
    ],
  },
  {
    title: msg`Data quality`,
    lines: [
      { keys: msg`J, K`, does: msg`The next and the previous finding` },
      { keys: msg`Enter`, does: msg`Apply the suggestion` },
      { keys: msg`E`, does: msg`Edit the value by hand` },
      { keys: msg`D`, does: msg`Leave it as it is, with a reason` },
      { keys: msg`O`, does: msg`Open the record` },
      { keys: msg`U`, does: msg`Take the last one back` },
    ],
  },
  {
    title: msg`Register updates`,
    lines: [
      { keys: msg`J, K`, does: msg`The next and the previous difference` },
      { keys: msg`A`, does: msg`Accept the value` },
      { keys: msg`R`, does: msg`Reject` },
      { keys: msg`O`, does: msg`Open the company` },
      { keys: msg`U`, does: msg`Take the last one back` },
    ],
  },
  {
    title: msg`Lists`,
    lines: [
      { keys: msg`/`, does: msg`Search in the list` },
      { keys: msg`Arrows`, does: msg`Go from cell to cell; with Ctrl to the end` },
      { keys: msg`Home, End, Page Up, Page Down`, does: msg`Go far` },
      { keys: msg`Enter`, does: msg`On the name: open. In a cell: edit. On a group: unfold` },
      { keys: msg`F2, or type`, does: msg`Edit the cell` },
      { keys: msg`Enter, Tab`, does: msg`Save; go down, or on to the next cell` },
      { keys: msg`Space`, does: msg`Look at the record beside the list` },
      { keys: msg`J, K`, does: msg`Next and previous, while a record is beside the list` },
      { keys: msg`Shift Space`, does: msg`Select the row` },
      { keys: msg`Shift and arrows`, does: msg`Select further` },
      { keys: msg`Ctrl A`, does: msg`Select all rows that are loaded` },
      { keys: msg`Alt and arrows`, does: msg`On a heading: move the column; with Shift its width` },
      { keys: msg`Shift click`, does: msg`On a heading: sort by it as well` },
    ],
  },
];

export default function KeySheet({ close }: { close: () => void }) {
  const { t } = useLingui();
  const translate = useTranslate();
  return (
    <Modal
      opened
      onClose={close}
      size={820}
      title={t`Keyboard shortcuts`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className={classes.sections}>
        {SECTIONS.map((section) => (
          <section key={section.title.id} className={classes.section}>
            <h3>{translate(section.title)}</h3>
            <dl className={classes.keys}>
              {section.lines.map((line) => (
                <div key={line.does.id}>
                  <dt>
                    <Keys>{translate(line.keys)}</Keys>
                  </dt>
                  <dd>{translate(line.does)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
