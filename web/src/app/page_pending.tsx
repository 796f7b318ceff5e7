// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { LoadingState } from "../kit/states";

export function PagePending() {
  const { t } = useLingui();
  return <LoadingState label={t`Loading`} />;
}
