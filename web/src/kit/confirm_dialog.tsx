// SPDX-License-Identifier: Apache-2.0
// A question before something that is not taken back lightly. The dialog itself is fetched when
// something is asked: most pages are left without a question.
import { lazy, Suspense } from "react";
import type { ConfirmProps } from "./confirm_modal";

const ConfirmModal = lazy(() => import("./confirm_modal"));

export function ConfirmDialog(props: ConfirmProps) {
  return (
    <Suspense>
      <ConfirmModal {...props} />
    </Suspense>
  );
}
