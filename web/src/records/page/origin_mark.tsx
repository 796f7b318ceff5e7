// SPDX-License-Identifier: Apache-2.0
// The label of a field, from which one learns where its value came from: pointing at it shows it,
// and so does pressing it, with the keyboard or a finger. What it shows is fetched then.
import { useLingui } from "@lingui/react/macro";
import { Popover } from "@mantine/core";
import { useRef, useState } from "react";
import type { OriginProps } from "../field_hints";
import { OriginFacts } from "./origin_facts";
import classes from "./origin_mark.module.css";

const REST_MS = 450;
const AWAY_MS = 250;

export default function OriginMark(props: OriginProps) {
  const { t } = useLingui();
  const [opened, set_opened] = useState(false);
  // Pressed: stays until it is closed, whatever the mouse does.
  const [kept, set_kept] = useState(false);
  const timer = useRef(0);
  const { label } = props;
  const later = (open: boolean) => (event: { pointerType: string }) => {
    if (event.pointerType !== "mouse") return;
    window.clearTimeout(timer.current);
    if (!kept) timer.current = window.setTimeout(() => set_opened(open), open ? REST_MS : AWAY_MS);
  };
  const close = () => {
    window.clearTimeout(timer.current);
    set_opened(false);
    set_kept(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && close()}
      onClose={close}
      position="bottom-start"
      width={300}
      trapFocus={kept}
      returnFocus={kept}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.mark}
          aria-label={t`${label}: where it came from`}
          aria-expanded={opened}
          onPointerEnter={later(true)}
          onPointerLeave={later(false)}
          onClick={() => {
            window.clearTimeout(timer.current);
            set_kept(!kept);
            set_opened(!kept);
          }}
        >
          {label}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={12} onPointerEnter={later(true)} onPointerLeave={later(false)}>
        {opened && <OriginFacts {...props} />}
      </Popover.Dropdown>
    </Popover>
  );
}
