// SPDX-License-Identifier: Apache-2.0
// Several records become one: a column for each, for every field the value that stays, and what
// comes along. Nothing is lost: it can be taken back.
import { useLingui } from "@lingui/react/macro";
import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../api/client";
import { Modal } from "../../kit/dialog";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { toast, toast_error, toast_undo } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { watch_job } from "../../records/jobs/watched_jobs";
import type { RecordTarget } from "../../records/record_actions";
import { useErrorText } from "../../records/use_translate";
import classes from "./merge.module.css";
import { MergeFoot } from "./merge_foot";
import { MergeTable } from "./merge_table";
import { merge, preview_query, refresh_after_merge, undo_merge } from "./queries";
import type { MergePreview } from "./types";

const RECORDS_MAX = 10;

interface Props {
  target: RecordTarget;
  close: () => void;
}

export default function MergeDialog({ target, close }: Props) {
  const { t } = useLingui();
  const { type } = target;
  // The oldest first: it stays unless one chooses another.
  const ids = [...(target.ids ?? [])].sort((left, right) => left - right);
  const fits = ids.length >= 2 && ids.length <= RECORDS_MAX;
  const { text } = useDictionary();
  const types = text(type.label_plural, type.plural);
  return (
    <Modal
      opened
      onClose={close}
      size={Math.max(860, 300 + 230 * ids.length)}
      title={t`Merge ${types}`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {fits ? (
        <Merging type={type} ids={ids} close={close} />
      ) : (
        <EmptyState title={t`Choose two to ten records`}>
          {t`Choose them one by one in the list, then merge them.`}
        </EmptyState>
      )}
    </Modal>
  );
}

function Merging({
  type,
  ids,
  close,
}: {
  type: RecordTarget["type"];
  ids: number[];
  close: () => void;
}) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [keep, set_keep] = useState(ids[0]!);
  const [chosen, set_chosen] = useState<Record<string, number>>({});
  const [all, set_all] = useState(false);
  const preview = useQuery(preview_query(type.plural, ids, keep));
  const saving = useMerge(type, close);
  if (preview.error && !preview.data) {
    return (
      <ErrorState
        title={t`These records cannot be merged`}
        detail={error_text(preview.error)}
        retry={() => void preview.refetch()}
        retry_label={t`Try again`}
      />
    );
  }
  if (!preview.data) return <SkeletonLines count={12} />;
  const { data } = preview;
  const choice = (field: string) => chosen[field] ?? suggested(data, field);
  const shown = data.fields.filter((field) => field.differs || all);
  const same = data.fields.filter((field) => !field.differs).length;
  const submit = () =>
    saving.mutate({
      keep,
      merge: ids.filter((id) => id !== keep),
      versions: Object.fromEntries(data.records.map((one) => [one.id, one.version])),
      choices: Object.fromEntries(
        data.fields.filter((field) => field.differs).map(({ field }) => [field, choice(field)]),
      ),
    });
  return (
    <div className={classes.merging} aria-busy={preview.isFetching}>
      <MergeTable
        type={type}
        preview={data}
        fields={shown}
        keep={keep}
        set_keep={set_keep}
        choice={choice}
        choose={(fields, id) =>
          set_chosen((old) => ({
            ...old,
            ...Object.fromEntries(fields.map((field) => [field, id])),
          }))
        }
      />
      {same > 0 && (
        <Checkbox
          label={t`Also show the ${same} fields that are alike`}
          checked={all}
          onChange={(event) => set_all(event.currentTarget.checked)}
        />
      )}
      <MergeFoot type={type} preview={data} />
      {saving.error && (
        <p role="alert" className={classes.error}>
          {error_text(saving.error)}
        </p>
      )}
      <footer className={classes.actions}>
        <span className="small dim">{t`A merge can be taken back for 30 days.`}</span>
        <Button variant="default" ml="auto" onClick={close}>
          {t`Cancel`}
        </Button>
        <Button
          loading={saving.isPending}
          disabled={preview.isPlaceholderData}
          onClick={
            is_stale(saving.error)
              ? () => {
                  saving.reset();
                  void preview.refetch();
                }
              : submit
          }
        >
          {is_stale(saving.error) ? t`Look again` : t`Merge ${ids.length} records`}
        </Button>
      </footer>
    </div>
  );
}

const is_stale = (error: unknown) =>
  error instanceof ApiError && (error.status === 412 || error.status === 409);

const suggested = (preview: MergePreview, name: string) =>
  preview.fields.find((field) => field.field === name)?.suggested ?? preview.keep;

function useMerge(type: RecordTarget["type"], close: () => void) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const navigate = useNavigate();
  const undo = async (id: number) => {
    try {
      const answer = await undo_merge(id, true);
      if ("job" in answer) watch_job(answer.job);
      else toast(t`Taken back. The records are as they were.`);
    } catch (error) {
      toast_error(error_text(error));
    } finally {
      refresh_after_merge();
    }
  };
  return useMutation({
    mutationFn: (order: Parameters<typeof merge>[1]) => merge(type.plural, order),
    onSuccess: (answer, order) => {
      close();
      refresh_after_merge();
      if ("job" in answer) return watch_job(answer.job);
      const name = String(answer.record.name ?? `#${answer.record.id}`);
      toast_undo(t`Merged into ${name}`, t`Undo`, () => void undo(answer.merge));
      // From the page of one that is no more.
      const here = window.location.pathname.match(/^\/([^/]+)\/(\d+)$/);
      if (here?.[1] === type.plural && order.merge.includes(Number(here[2]))) {
        void navigate({
          to: "/$plural/$id",
          params: { plural: type.plural, id: String(answer.record.id) },
          replace: true,
        });
      }
    },
  });
}
