// SPDX-License-Identifier: Apache-2.0
// What a feature has to say about a record on its page: a line below the head.
import type { ComponentType, LazyExoticComponent } from "react";
import type { Row, TypeMeta } from "../api/types";

type RecordHint = LazyExoticComponent<ComponentType<{ type: TypeMeta; record: Row }>>;

let hint: RecordHint | null = null;

export function register_record_hint(component: RecordHint) {
  hint = component;
}

export const record_hint = () => hint;
