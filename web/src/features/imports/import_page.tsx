// SPDX-License-Identifier: Apache-2.0
// One import from its columns to its reversal. Nothing is stored before "Run".
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { ImportState, TypeMeta } from "../../api/types";
import { number_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { PageHeader } from "../../kit/page_header";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { JobProgress } from "../../records/job_progress";
import { useErrorText } from "../../records/use_translate";
import { ImportMapping, type MappingDraft, start_mapping } from "./import_mapping";
import { ImportOutcome } from "./import_outcome";
import { useStatusWords } from "./import_words";
import classes from "./imports.module.css";

export function ImportPage() {
  const { t } = useLingui();
  const { id } = useParams({ strict: false }) as { id: string };
  const error_text = useErrorText();
  const status_words = useStatusWords();
  const { type: find } = useDictionary();
  const state = useQuery({
    queryKey: ["import", Number(id)],
    queryFn: () => api.get<ImportState>(`/imports/${id}`),
  });
  const type = find(state.data?.type ?? "");
  const name = state.data?.name ?? t`Import`;
  return (
    <div className="page">
      <PageHeader
        icon={<IconFileImport size={17} stroke={1.6} />}
        title={name}
        note={state.data ? (status_words[state.data.status] ?? state.data.status) : null}
      />
      <div className="page_scroll">
        <div className="page_inner">
          {state.isPending && <SkeletonLines count={10} />}
          {state.isError && (
            <ErrorState
              title={t`The import could not be shown`}
              detail={error_text(state.error)}
              retry={() => void state.refetch()}
              retry_label={t`Try again`}
            />
          )}
          {state.data && type && <ImportSteps type={type} state={state.data} />}
          {state.data && !type && <EmptyState title={t`The record type no longer exists`} />}
        </div>
      </div>
    </div>
  );
}

type Step = "dry-run" | "run" | "reversal";

function ImportSteps({ type, state }: { type: TypeMeta; state: ImportState }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [draft, set_draft] = useState<MappingDraft>(() => start_mapping(type, state));
  const [asking, set_asking] = useState<Step | null>(null);
  const start = useMutation({
    mutationFn: async (step: Step) => {
      if (step === "dry-run") await api.patch(`/imports/${state.id}`, draft);
      return api.post<{ job: number }>(`/imports/${state.id}/${step}`);
    },
    onSuccess: () => set_asking(null),
  });
  const refresh = () => {
    for (const key of ["import", "imports", "list"]) {
      void query_client.invalidateQueries({ queryKey: [key] });
    }
  };
  const ran = ["done", "reversed", "failed"].includes(state.status);
  const ready = state.status === "checked" && start.variables !== undefined;
  const described = Boolean(
    draft.source.name && draft.source.legal_basis && draft.source.obtained_at,
  );
  const mapped = Object.keys(draft.mapping).length > 0;
  const rows = number_text(state.counts?.rows ?? state.rows_estimate ?? 0, 0);
  return (
    <div className="stack" style={{ gap: 20 }}>
      {!ran && <ImportMapping type={type} state={state} draft={draft} change={set_draft} />}
      {start.data && (
        <div className="card" style={{ padding: 16 }}>
          <JobProgress key={start.data.job} id={start.data.job} on_over={refresh} />
        </div>
      )}
      {state.counts && <ImportOutcome type={type} state={state} />}
      {start.error && (
        <p role="alert" style={{ color: "var(--danger)" }}>
          {error_text(start.error)}
        </p>
      )}
      <div className={classes.bar}>
        {!ran && (
          <>
            <Button
              variant={ready ? "default" : "filled"}
              disabled={!mapped || !described}
              loading={start.isPending && start.variables === "dry-run"}
              onClick={() => start.mutate("dry-run")}
            >
              {t`Dry run`}
            </Button>
            <Button
              disabled={state.status !== "checked"}
              variant={state.status === "checked" ? "filled" : "default"}
              onClick={() => set_asking("run")}
            >
              {t`Run the import`}
            </Button>
            {!described && (
              <span className="dim small">{t`Say where the data comes from first.`}</span>
            )}
          </>
        )}
        {state.status === "done" && (
          <Button variant="default" onClick={() => set_asking("reversal")}>
            {t`Take the import back`}
          </Button>
        )}
        {(state.counts?.failed ?? 0) > 0 && (
          <Button
            variant="subtle"
            component="a"
            href={api.url(`/imports/${state.id}/errors.csv`)}
            download
          >
            {t`Download the rows with errors`}
          </Button>
        )}
      </div>
      {asking && (
        <ConfirmDialog
          title={asking === "run" ? t`Import ${rows} rows?` : t`Take the import back?`}
          confirm={asking === "run" ? t`Run the import` : t`Take it back`}
          cancel={t`Cancel`}
          busy={start.isPending}
          on_confirm={() => start.mutate(asking)}
          close={() => set_asking(null)}
        >
          {asking === "run"
            ? t`You can leave the page meanwhile, and take the whole import back afterwards.`
            : t`Created records are archived and changed values get their old value back, unless someone changed them since.`}
        </ConfirmDialog>
      )}
    </div>
  );
}
