// SPDX-License-Identifier: Apache-2.0
// What selections offer wherever records are: the frame registers these once.
import { msg } from "@lingui/core/macro";
import { IconListSearch, IconPlaylistAdd, IconStackPush } from "@tabler/icons-react";
import { lazy } from "react";
import type { RecordAction } from "../../records/record_actions";

const AddDialog = lazy(() => import("./add_dialog"));
const SaveDialog = lazy(() => import("./save_dialog"));
const RecordDialog = lazy(() => import("./record_dialog"));

export const selection_actions: RecordAction[] = [
  {
    key: "add_to_selection",
    places: ["bulk", "record"],
    label: msg`Add to selection`,
    icon: <IconPlaylistAdd size={16} />,
    dialog: AddDialog,
  },
  {
    key: "save_as_selection",
    places: ["list"],
    label: msg`Save as selection`,
    icon: <IconStackPush size={17} />,
    dialog: SaveDialog,
  },
  {
    key: "selections_of_record",
    places: ["record"],
    label: msg`In which selections?`,
    icon: <IconListSearch size={16} />,
    dialog: RecordDialog,
  },
];
