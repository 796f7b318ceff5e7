// SPDX-License-Identifier: Apache-2.0
// How the list is shown: as a table or a board, in which groups, how dense.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Popover } from "@mantine/core";
import { IconAdjustmentsHorizontal } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import type { TypeMeta } from "../../api/types";
import { SkeletonLines } from "../../kit/states";
import type { ListState } from "./list_state";

const DisplayForm = lazy(() => import("./display_form"));

export function DisplayMenu({ type, state }: { type: TypeMeta; state: ListState }) {
  const { t } = useLingui();
  return (
    <Popover position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <ActionIcon aria-label={t`Display`} title={t`Display`}>
          <IconAdjustmentsHorizontal size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={12}>
        <Suspense fallback={<SkeletonLines count={4} />}>
          <DisplayForm type={type} state={state} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
