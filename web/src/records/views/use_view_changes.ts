// SPDX-License-Identifier: Apache-2.0
import { useMutation } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import type { SavedView, TypeMeta, ViewDefinition } from "../../api/types";
import { toast_error } from "../../kit/toast";
import { useErrorText } from "../use_translate";

export interface ViewBody {
  name?: string;
  visible_for?: SavedView["visible_for"];
  groups?: number[];
  definition?: ViewDefinition;
}

interface Choice {
  pinned?: boolean;
  position?: number;
  default?: boolean;
  standard?: boolean;
}

const refresh = (type: TypeMeta) =>
  query_client.invalidateQueries({ queryKey: ["views", type.plural] });

// A new view, or a change of one against the version that was on the screen.
export function useSaveView(type: TypeMeta) {
  const error_text = useErrorText();
  return useMutation({
    mutationFn: ({ view, body }: { view?: SavedView | undefined; body: ViewBody }) =>
      view
        ? api.patch<SavedView>(`/views/${view.id}`, body, view.version)
        : api.post<SavedView>("/views", { ...body, record_type: type.name }),
    // The list is looked at again before the address changes, so that the view is there.
    onSuccess: () => refresh(type),
    onError: (error) => toast_error(error_text(error)),
  });
}

export function useChooseView(type: TypeMeta) {
  const error_text = useErrorText();
  return useMutation({
    mutationFn: ({ id, choice }: { id: number; choice: Choice }) =>
      api.put<SavedView>(`/views/${id}/choice`, choice),
    onError: (error) => toast_error(error_text(error)),
    onSettled: () => refresh(type),
  });
}

export function useRemoveView(type: TypeMeta) {
  const error_text = useErrorText();
  return useMutation({
    mutationFn: (id: number) => api.remove(`/views/${id}`),
    onError: (error) => toast_error(error_text(error)),
    onSettled: () => refresh(type),
  });
}
