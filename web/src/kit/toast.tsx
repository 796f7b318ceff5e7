// SPDX-License-Identifier: Apache-2.0
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";

const SHOWN_MS = 6_000;

export function toast(message: ReactNode) {
  notifications.show({ message, autoClose: SHOWN_MS, withBorder: true, color: "ink" });
}

// What was done, and a button that takes it back.
export function toast_undo(message: ReactNode, label: string, undo: () => void) {
  const id = notifications.show({
    message: (
      <span className="row spread">
        <span>{message}</span>
        <button
          type="button"
          className="toast_undo"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {label}
        </button>
      </span>
    ),
    autoClose: SHOWN_MS * 2,
    withBorder: true,
    color: "ink",
  });
}

// Something that has happened, and a button that leads there. Stays until somebody looks up.
export function toast_open(message: ReactNode, label: string, open: () => void) {
  const id = notifications.show({
    message: (
      <span className="row spread">
        <span>{message}</span>
        <button
          type="button"
          className="toast_undo"
          onClick={() => {
            notifications.hide(id);
            open();
          }}
        >
          {label}
        </button>
      </span>
    ),
    autoClose: SHOWN_MS * 10,
    withBorder: true,
    color: "ink",
  });
}

export function toast_error(message: ReactNode) {
  notifications.show({ message, autoClose: SHOWN_MS * 2, withBorder: true, color: "red" });
}
