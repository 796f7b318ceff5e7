// SPDX-License-Identifier: Apache-2.0
// What can be done with the records that are selected.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconArchive,
  IconDownload,
  IconPencil,
  IconUserShare,
  IconX,
  type TablerIcon,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import type { TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { type GridSelection, selected_count } from "../../kit/data_grid/grid_selection";
import { useDictionary } from "../dictionary";
import { BulkActions } from "../record_actions";
import { ArchiveSomeDialog } from "./archive_some_dialog";
import { type BulkAction, BulkDialog } from "./bulk_dialog";
import { chosen_of, export_url } from "./bulk_target";
import classes from "./list_page.module.css";
import type { ListState } from "./list_state";

interface Props {
  type: TypeMeta;
  state: ListState;
  selection: GridSelection;
  total: number;
  clear: () => void;
  // What else can be done with them where they stand.
  children?: ReactNode;
}

export default function BulkBar({ type, state, selection, total, clear, children }: Props) {
  const { t } = useLingui();
  const { can, may } = useDictionary();
  const [action, set_action] = useState<BulkAction | null>(null);
  const close = () => set_action(null);
  const number = selected_count(selection, total);
  const count = number_text(number, 0);
  const bulk = may("bulk_edit");
  const may_update = bulk && can(type.name, "update");
  // Without the right to bulk edits, rows that were chosen one by one can still be archived so.
  const may_archive = can(type.name, "archive") && (bulk || !selection.all);
  return (
    <>
      <section className={classes.bulk} aria-label={t`Selected records`}>
        <span className={classes.bulk_count}>{t`${count} selected`}</span>
        {children}
        {may_update && (
          <Act icon={IconPencil} onClick={() => set_action("edit")}>
            {t`Edit`}
          </Act>
        )}
        {may_update && type.owned && (
          <Act icon={IconUserShare} onClick={() => set_action("owner")}>
            {t`Assign`}
          </Act>
        )}
        {may_archive && (
          <Act icon={IconArchive} onClick={() => set_action("archive")}>
            {t`Archive`}
          </Act>
        )}
        {/* What was searched for cannot be said as a filter. */}
        {!(selection.all && state.q) && (
          <BulkActions target={{ type, count: number, ...chosen_of(selection, state.filter) }} />
        )}
        {can(type.name, "export") && (
          <ExportSelected url={(format) => export_url(type, state, selection, format)} />
        )}
        <ActionIcon aria-label={t`Clear the selection`} onClick={clear}>
          <IconX size={16} />
        </ActionIcon>
      </section>
      {action === "archive" && !bulk ? (
        <ArchiveSomeDialog type={type} ids={[...selection.ids]} close={close} done={clear} />
      ) : (
        action && (
          <BulkDialog
            type={type}
            action={action}
            state={state}
            selection={selection}
            number={number}
            close={close}
            done={clear}
          />
        )
      )}
    </>
  );
}

interface ActProps {
  icon: TablerIcon;
  onClick: () => void;
  children: ReactNode;
}

function Act({ icon: Icon, onClick, children }: ActProps) {
  return (
    <Button variant="subtle" color="gray" leftSection={<Icon size={16} />} onClick={onClick}>
      {children}
    </Button>
  );
}

function ExportSelected({ url }: { url: (format: string) => string }) {
  const { t } = useLingui();
  return (
    <Menu position="top-end">
      <Menu.Target>
        <Button variant="subtle" color="gray" leftSection={<IconDownload size={16} />}>
          {t`Export`}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {["xlsx", "csv", "json"].map((format) => (
          <Menu.Item key={format} component="a" href={url(format)} download>
            {format.toUpperCase()}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
