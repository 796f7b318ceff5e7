// SPDX-License-Identifier: Apache-2.0
// Adding or taking out many: what would happen, then the job, then the way back.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { number_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { SkeletonLines } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import { BatchRun } from "./batch_run";
import { type MemberPreview, refresh_selection } from "./selection_queries";
import classes from "./selections.module.css";

export type Chosen = { ids: number[] } | { filter: string } | { selection: number };

interface Props {
  selection: { id: number; name: string };
  plural: string;
  action: "add" | "remove";
  chosen: Chosen;
  close: () => void;
  done?: () => void;
}

export function MemberChangeDialog(props: Props) {
  const { selection, plural, action, chosen, close } = props;
  const { t } = useLingui();
  const error_text = useErrorText();
  const path = `/selections/${selection.id}/member-changes`;
  const preview = useQuery({
    queryKey: ["list", plural, "member_changes", selection.id, action, chosen],
    queryFn: () => api.post<MemberPreview>(path, { action, ...chosen, preview: true }),
    retry: false,
    staleTime: 0,
  });
  const run = useMutation({
    mutationFn: () => api.post<{ job: number; batch: number }>(path, { action, ...chosen }),
  });
  const over = () => {
    refresh_selection(selection.id, plural);
    props.done?.();
  };
  const changed = number_text(preview.data?.changed ?? 0, 0);
  const error = preview.error ?? run.error;
  return (
    <Modal
      opened
      onClose={close}
      title={action === "add" ? t`Add to ${selection.name}` : t`Take out of ${selection.name}`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {run.data ? (
        <BatchRun {...run.data} on_over={over} close={close} />
      ) : (
        <div className="stack">
          {preview.isPending && <SkeletonLines count={4} />}
          {preview.data && <Sample action={action} preview={preview.data} />}
          {error && (
            <p role="alert" className={classes.wrong}>
              {error_text(error)}
            </p>
          )}
          <div className="row" style={{ justifyContent: "flex-end" }}>
            <Button variant="default" onClick={close}>
              {t`Cancel`}
            </Button>
            <Button
              disabled={!preview.data?.changed}
              loading={run.isPending}
              onClick={() => run.mutate()}
              data-autofocus
            >
              {action === "add" ? t`Add ${changed}` : t`Take out ${changed}`}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}

function Sample({ action, preview }: { action: "add" | "remove"; preview: MemberPreview }) {
  const { t } = useLingui();
  const changed = number_text(preview.changed, 0);
  const same = preview.count - preview.changed;
  const unchanged = number_text(same, 0);
  const more = number_text(preview.changed - preview.sample.length, 0);
  return (
    <section aria-label={t`Preview`} className="stack">
      <p>
        {action === "add" ? t`${changed} will be added.` : t`${changed} will be taken out.`}{" "}
        {same > 0 && (
          <span className="dim">
            {action === "add" ? t`${unchanged} are already in.` : t`${unchanged} are not in.`}
          </span>
        )}
      </p>
      {preview.sample.length > 0 && (
        <ul className={classes.sample}>
          {preview.sample.map((row) => (
            <li key={row.id} className="clip">
              {String(row.name ?? row.id)}
            </li>
          ))}
          {preview.changed > preview.sample.length && (
            <li className="dim">{t`and ${more} more`}</li>
          )}
        </ul>
      )}
    </section>
  );
}
