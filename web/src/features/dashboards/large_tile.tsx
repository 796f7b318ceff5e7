// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { Modal } from "../../kit/dialog";
import classes from "./dashboards.module.css";

interface Props {
  title: string;
  close: () => void;
  children: ReactNode;
}

export default function LargeTile({ title, close, children }: Props) {
  const { t } = useLingui();
  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size="min(1200px, 94vw)"
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className={classes.large}>{children}</div>
    </Modal>
  );
}
