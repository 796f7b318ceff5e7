// SPDX-License-Identifier: Apache-2.0
import { msg } from "@lingui/core/macro";
import { IconEye } from "@tabler/icons-react";
import { lazy } from "react";
import type { RecordAction } from "../../records/record_actions";

export const reader_actions: RecordAction[] = [
  {
    key: "readers",
    places: ["record"],
    label: msg`Who can see this`,
    icon: <IconEye size={16} stroke={1.6} />,
    dialog: lazy(() => import("./readers_dialog")),
  },
];
