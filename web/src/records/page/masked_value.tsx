// SPDX-License-Identifier: Apache-2.0
// What the user's roles keep back. Who may reveal it says why, and the log keeps that; the value
// lives in this place of the page alone, so it is gone when the page is left.
import { useLingui } from "@lingui/react/macro";
import { IconEye } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import type { TypeMeta } from "../../api/types";
import { useDictionary } from "../dictionary";
import { is_empty } from "../fields/field_parts";
import classes from "./record_sections.module.css";

const RevealDialog = lazy(() => import("./reveal_dialog"));
const MAY_REVEAL = "reveal_masked";

interface Props {
  type: TypeMeta;
  id: number;
  field: string;
  label: string;
  children: (value: unknown) => ReactNode;
}

export function MaskedValue({ type, id, field, label, children }: Props) {
  const { t } = useLingui();
  const { me } = useDictionary();
  const [asking, set_asking] = useState(false);
  const [revealed, set_revealed] = useState<{ value: unknown } | null>(null);
  if (revealed)
    return is_empty(revealed.value) ? (
      <span className={classes.empty}>–</span>
    ) : (
      children(revealed.value)
    );
  return (
    <span className={classes.masked}>
      <span className="dim" title={t`You may not see this`}>
        ••••••
      </span>
      {me.functions.includes(MAY_REVEAL) && (
        <button
          type="button"
          className={`plain ${classes.reveal}`}
          aria-label={t`Reveal (is logged): ${label}`}
          onClick={() => set_asking(true)}
        >
          <IconEye size={14} stroke={1.7} aria-hidden />
          {t`Reveal (is logged)`}
        </button>
      )}
      <Suspense>
        {asking && (
          <RevealDialog
            path={`/${type.plural}/${id}/reveal`}
            field={field}
            label={label}
            shown={(value) => set_revealed({ value })}
            close={() => set_asking(false)}
          />
        )}
      </Suspense>
    </span>
  );
}
