// SPDX-License-Identifier: Apache-2.0
// Merging, wherever records are: the frame registers these once.
import { msg } from "@lingui/core/macro";
import { IconArrowMerge } from "@tabler/icons-react";
import { lazy } from "react";
import type { RecordAction } from "../../records/record_actions";

const MergeDialog = lazy(() => import("./merge_dialog"));
const MergeCertainDialog = lazy(() => import("./merge_certain_dialog"));

export const merge_actions: RecordAction[] = [
  {
    key: "merge",
    places: ["bulk"],
    label: msg`Merge`,
    icon: <IconArrowMerge size={16} />,
    allowed: (dictionary, type) =>
      !type.system && dictionary.can(type.name, "update") && dictionary.can(type.name, "archive"),
    dialog: MergeDialog,
  },
  {
    key: "merge_certain",
    // Only from the page of duplicates.
    places: [],
    label: msg`Merge all that are certain`,
    icon: <IconArrowMerge size={16} />,
    dialog: MergeCertainDialog,
  },
];
