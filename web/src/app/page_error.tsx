// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { useRouter } from "@tanstack/react-router";
import { ErrorState } from "../kit/states";
import { error_text } from "../records/error_text";

export function PageError({ error }: { error: unknown }) {
  const { t, i18n } = useLingui();
  const router = useRouter();
  return (
    <ErrorState
      title={t`This page could not be shown`}
      detail={error_text(error, (message) => i18n._(message))}
      retry={() => void router.invalidate()}
      retry_label={t`Try again`}
    />
  );
}
