// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { IconCheck } from "@tabler/icons-react";
import type { ViewProps } from "../field_parts";

export function View({ value, dense }: ViewProps) {
  const { t } = useLingui();
  if (!value) return dense ? null : <span className="dim">{t`No`}</span>;
  return (
    <span className="row">
      <IconCheck size={15} color="var(--success)" aria-hidden /> {t`Yes`}
    </span>
  );
}
