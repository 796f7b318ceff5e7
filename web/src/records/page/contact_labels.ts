// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";

// The label of a phone, e-mail or web address is free text; these words come in from forms, imports
// and other programs in English.
export function useContactLabel(): (label: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    work: t`Work`,
    home: t`Home`,
    mobile: t`Mobile`,
    private: t`Private`,
    office: t`Office`,
    main: t`Main number`,
    fax: t`Fax`,
    invoice: t`Invoices`,
    other: t`Other`,
  };
  return (label) => words[label.toLowerCase()] ?? label;
}
