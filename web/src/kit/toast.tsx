// SPDX-License-Identifier: Apache-2.0
import { notifications } from "@mantine/notifications";
import type { ReactNode } from "react";

const SHOWN_MS = 6_000;

export function toast(message: ReactNode) {
  notifications.show({ message, autoClose: SHOWN_MS, withBorder: true, color: "ink" });
}

function toast_button(message: ReactNode, label: string, act: () => void, shown_ms: number) {
  const id = notifications.show({
    message: (
      <span className="row spread">
        <span>{message}</span>
        <button
          type="button"
          className="toast_undo"
          onClick={() => {
            notifications.hide(id);
            act();
          }}
        >
          {label}
        </button>
      </span>
    ),
    autoClose: shown_ms,
    withBorder: true,
    color: "ink",
  });
}

// What was done, and a button that takes it back.
export function toast_undo(message: ReactNode, label: string, undo: () => void) {
  toast_button(message, label, undo, SHOWN_MS * 2);
}

// Something that has happened, and a button that leads there. Longer: one may look elsewhere.
export function toast_open(message: ReactNode, label: string, open: () => void) {
  toast_button(message, label, open, SHOWN_MS * 10);
}

export function toast_error(message: ReactNode) {
  notifications.show({ message, autoClose: SHOWN_MS * 2, withBorder: true, color: "red" });
}
