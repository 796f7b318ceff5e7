// SPDX-License-Identifier: Apache-2.0
// A dialog. Ours are made when they open and are gone when they close, so that Mantine's own way
// back for the keyboard, which waits for a dialog that stays and is shut, never comes to be.
import { Modal as MantineModal, type ModalProps } from "@mantine/core";
import { useEffect, useState } from "react";

export function Modal(props: ModalProps) {
  useKeyboardBack();
  return <MantineModal {...props} />;
}

// Gives the keyboard back to what had it, unless it has gone on to something else.
export function useKeyboardBack() {
  const [opener] = useState(find_opener);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        const at = document.activeElement;
        if (at && at !== document.body) return;
        if (opener?.isConnected) opener.focus({ preventScroll: true });
      });
    },
    [opener],
  );
}

// An entry of a menu is gone by then; the menu's button is still there.
function find_opener(): HTMLElement | null {
  const at = document.activeElement;
  const menu = at?.closest("[role=menu]");
  const button = menu && document.getElementById(menu.getAttribute("aria-labelledby") ?? "");
  const opener = button ?? at;
  return opener instanceof HTMLElement && opener !== document.body ? opener : null;
}
