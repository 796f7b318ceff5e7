// SPDX-License-Identifier: Apache-2.0
// What the server refuses here, in words; anything else as everywhere.
import { useLingui } from "@lingui/react/macro";
import { ApiError } from "../../api/client";
import { useErrorText } from "../../records/use_translate";

export function useUpdateErrorText(): (error: unknown) => string {
  const { t } = useLingui();
  const error_text = useErrorText();
  const words: Record<string, string> = {
    "register_updates/exempt": t`This company is not updated from registers.`,
    "register_updates/no_number": t`The company has no registration number that a register knows.`,
    "register_updates/given_by_person": t`The person gave the present value. It stays.`,
    "register_updates/decided": t`Somebody has decided it already.`,
    "register_updates/moved": t`The value is another one by now.`,
    "registers/not_found": t`The register does not know this number.`,
    "registers/online_off": t`Asking the register online is switched off.`,
    "registers/online_busy": t`The register asks for a pause. Try again in a minute.`,
    "registers/online_failed": t`The register could not be reached. Try again later.`,
  };
  return (error) => (error instanceof ApiError && words[error.code]) || error_text(error);
}
