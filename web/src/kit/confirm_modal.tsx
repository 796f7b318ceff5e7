// SPDX-License-Identifier: Apache-2.0
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Modal } from "./dialog";

export interface ConfirmProps {
  title: string;
  children?: ReactNode;
  confirm: string;
  cancel: string;
  danger?: boolean;
  busy?: boolean;
  on_confirm: () => void;
  close: () => void;
}

export default function ConfirmModal(props: ConfirmProps) {
  return (
    <Modal
      opened
      onClose={props.close}
      title={props.title}
      centered
      size={420}
      closeButtonProps={{ "aria-label": props.cancel }}
    >
      <div className="stack">
        <p className="dim">{props.children}</p>
        <div className="row" style={{ justifyContent: "flex-end", marginTop: 8 }}>
          <Button variant="default" onClick={props.close}>
            {props.cancel}
          </Button>
          <Button
            color={props.danger ? "red" : undefined}
            loading={props.busy}
            onClick={props.on_confirm}
            data-autofocus
          >
            {props.confirm}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
