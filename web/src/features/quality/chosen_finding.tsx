// SPDX-License-Identifier: Apache-2.0
// The finding in sight, and what the keys and buttons do with it.
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { useDictionary } from "../../records/dictionary";
import { FindingPanel } from "./finding_panel";
import type { Finding } from "./types";
import type { Acts } from "./use_acts";
import type { QueueState } from "./use_queue";
import { type QueueActs, useQueueKeys } from "./use_queue_keys";

const LeaveDialog = lazy(() => import("./leave_dialog"));

interface ChosenProps {
  finding: Finding;
  queue: QueueState;
  acts: Acts;
}

export function ChosenFinding({ finding, queue, acts }: ChosenProps) {
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const [editing, set_editing] = useState(0);
  const [leaving, set_leaving] = useState<Finding | null>(null);
  const type = dictionary.type(finding.type);
  const may_update = !!type && dictionary.can(type.name, "update");
  const field = type && finding.field ? dictionary.field(type, finding.field) : undefined;
  const open_record = () =>
    type &&
    void navigate({
      to: "/$plural/$id",
      params: { plural: type.plural, id: String(finding.record.id) },
    });
  const go_on = (act: () => void) => {
    queue.open(queue.after());
    act();
  };
  // What is edited is written in full on the record's page; here the one field is.
  const edit = field && !field.read_only && !field.computed ? () => set_editing(finding.id) : null;
  const queue_acts: QueueActs = {
    next: () => queue.step(1),
    previous: () => queue.step(-1),
    apply:
      finding.can_fix && !finding.dismissed ? () => go_on(() => acts.apply(finding)) : undefined,
    edit: may_update ? (edit ?? open_record) : undefined,
    leave: may_update && !finding.dismissed ? () => set_leaving(finding) : undefined,
    open: open_record,
    undo: acts.undo,
  };
  useQueueKeys(queue_acts);
  if (!type) return null;
  const { at, total, findings } = queue;
  return (
    <>
      <FindingPanel
        type={type}
        finding={finding}
        place={at < 0 ? null : { at: at + 1, total: Math.max(total?.total ?? 0, findings.length) }}
        acts={queue_acts}
        restore={() => go_on(() => acts.restore(finding))}
        editing={editing === finding.id}
        end_edit={() => set_editing(0)}
        show={(id) => queue.change({ finding: String(id) })}
        close={() => queue.open(undefined)}
      />
      {leaving && (
        <Suspense>
          <LeaveDialog
            finding={leaving}
            leave={(reason) => go_on(() => acts.dismiss(leaving, reason))}
            close={() => set_leaving(null)}
          />
        </Suspense>
      )}
    </>
  );
}
