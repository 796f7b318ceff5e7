// SPDX-License-Identifier: Apache-2.0
// One import from its file to its reversal, in five steps. Nothing is stored before "Run".
import { useLingui } from "@lingui/react/macro";
import { IconFileImport } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api } from "../../api/client";
import type { ImportState } from "../../api/types";
import { PageHeader } from "../../kit/page_header";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import { ImportWizard } from "./import_wizard";
import { useStatusWords } from "./import_words";

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
          {state.data && type && (
            <ImportWizard key={state.data.id} type={type} state={state.data} />
          )}
          {state.data && !type && <EmptyState title={t`The record type no longer exists`} />}
        </div>
      </div>
    </div>
  );
}
