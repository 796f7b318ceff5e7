// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { useDictionary } from "../dictionary";
import { OWN_SECTION, type PageSection } from "./layout_parts";

// What a section is called in the language of the screen.
export function useSectionTitle(): (section: PageSection) => string {
  const { t } = useLingui();
  const { text } = useDictionary();
  return (section) => text(section.label, section.key === OWN_SECTION ? t`Own fields` : t`Details`);
}
