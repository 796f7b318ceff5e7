// SPDX-License-Identifier: Apache-2.0
// Updating a company from a register, from its page: the frame registers this once.
import { msg } from "@lingui/core/macro";
import { IconRefreshDot } from "@tabler/icons-react";
import { lazy } from "react";
import type { RecordAction } from "../../records/record_actions";

const UpdateDialog = lazy(() => import("./update_dialog"));

export const register_update_actions: RecordAction[] = [
  {
    key: "register_update",
    places: ["record"],
    label: msg`Update from register`,
    icon: <IconRefreshDot size={16} />,
    allowed: (dictionary, type) => type.name === "company" && dictionary.can(type.name, "update"),
    dialog: UpdateDialog,
  },
];
