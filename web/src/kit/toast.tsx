// SPDX-License-Identifier: Apache-2.0
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";

const SHOWN_MS = 6_000;

export function toast(message: ReactNode) {
  notifications.show({ message, autoClose: SHOWN_MS, withBorder: true, color: "ink" });
}

export function toast_error(message: ReactNode) {
  notifications.show({ message, autoClose: SHOWN_MS * 2, withBorder: true, color: "red" });
}
