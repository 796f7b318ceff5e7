// SPDX-License-Identifier: Apache-2.0
import { useMemo } from "react";
import type { ViewProps } from "../field_parts";
import { View as LongTextView } from "../long_text/view";

// Only the text of the markup is shown: no foreign HTML is put into this page.
export function View(props: ViewProps) {
  const text = useMemo(() => plain_text(String(props.value)), [props.value]);
  return <LongTextView {...props} value={text} />;
}

export function plain_text(html: string): string {
  const spaced = html.replace(/<(br|\/p|\/li|\/div|\/h\d)[^>]*>/gi, "$&\n");
  const page = new DOMParser().parseFromString(spaced, "text/html");
  return (page.body.textContent ?? "").trim();
}
