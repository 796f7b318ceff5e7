// SPDX-License-Identifier: Apache-2.0
// Another day for a record, without dragging.
import { useLingui } from "@lingui/react/macro";
import { DatePicker } from "@mantine/dates";
import type { Row } from "../../api/types";
import { format_locale } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { DatesFrame } from "../fields/dates_frame";
import type { CalendarParts } from "./calendar";
import { day_of } from "./calendar_days";

interface Props {
  parts: CalendarParts;
  row: Row;
  close: () => void;
}

export default function MoveDialog({ parts, row, close }: Props) {
  const { t } = useLingui();
  const name = String(row.name ?? `#${row.id}`);
  const day = day_of(row[parts.state.group_by], format_locale().time_zone);
  return (
    <Modal
      opened
      onClose={close}
      size="auto"
      title={t`Move ${name}`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <DatesFrame>
        <DatePicker
          defaultDate={day ?? undefined}
          value={day}
          onChange={(next) => {
            close();
            if (next) parts.move?.(row, next);
          }}
          ariaLabels={{
            previousMonth: t`Previous month`,
            nextMonth: t`Next month`,
            previousYear: t`Previous year`,
            nextYear: t`Next year`,
            previousDecade: t`Previous decade`,
            nextDecade: t`Next decade`,
          }}
        />
      </DatesFrame>
    </Modal>
  );
}
