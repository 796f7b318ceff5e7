// SPDX-License-Identifier: Apache-2.0
// All certain pairs at once: what would become one, then the work in the background.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { number_text } from "../../base/format";
import { Modal } from "../../kit/dialog";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { watch_job } from "../../records/jobs/watched_jobs";
import type { RecordTarget } from "../../records/record_actions";
import { useErrorText } from "../../records/use_translate";
import classes from "./merge.module.css";
import { bulk_preview_query, merge_certain, refresh_after_merge } from "./queries";

interface Props {
  target: RecordTarget;
  close: () => void;
}

export default function MergeCertainDialog({ target, close }: Props) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const { plural } = target.type;
  const preview = useQuery(bulk_preview_query(plural));
  const start = useMutation({
    mutationFn: () => merge_certain(plural),
    onSuccess: ({ job }) => {
      watch_job(job);
      refresh_after_merge();
      close();
    },
  });
  const why: Record<string, string> = {
    too_large: t`records in groups of more than ten`,
    not_allowed: t`groups with a record that you may not change`,
  };
  const data = preview.data;
  const count = number_text(data?.count ?? 0, 0);
  const hidden = (data?.count ?? 0) - (data?.groups.length ?? 0);
  const more = number_text(hidden, 0);
  return (
    <Modal
      opened
      onClose={close}
      size={620}
      title={t`Merge all that are certain`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {preview.isPending && <SkeletonLines count={8} />}
      {preview.error && (
        <ErrorState
          title={t`The preview could not be made`}
          detail={error_text(preview.error)}
          retry={() => void preview.refetch()}
          retry_label={t`Try again`}
        />
      )}
      {data && !data.count && <EmptyState title={t`No certain pairs are waiting`} />}
      {data && data.count > 0 && (
        <div className="stack">
          <p>
            {t`${count} groups become one record each.`}{" "}
            {t`Empty fields are filled from the others; else the suggested value stays.`}
          </p>
          <ul className={classes.groups}>
            {data.groups.map((group) => {
              const others = group.merge.map((id) => `#${id}`).join(", ");
              return (
                <li key={group.keep}>
                  <strong className="clip">{group.label || `#${group.keep}`}</strong>
                  <span className="dim tabular clip">{t`takes ${others}`}</span>
                </li>
              );
            })}
            {hidden > 0 && <li className="dim">{t`and ${more} more`}</li>}
          </ul>
          {data.left_out.map((left) => (
            <p key={left.reason} className="small dim">
              {t`Left out:`} {number_text(left.count, 0)} {why[left.reason] ?? left.reason}
            </p>
          ))}
          {start.error && (
            <p role="alert" className={classes.error}>
              {error_text(start.error)}
            </p>
          )}
          <footer className={classes.actions}>
            <span className="small dim">
              {t`Each merge can be taken back, and all of them at once.`}
            </span>
            <Button variant="default" ml="auto" onClick={close}>
              {t`Cancel`}
            </Button>
            <Button loading={start.isPending} onClick={() => start.mutate()}>
              {t`Merge ${count} groups`}
            </Button>
          </footer>
        </div>
      )}
    </Modal>
  );
}
