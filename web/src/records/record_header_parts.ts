// SPDX-License-Identifier: Apache-2.0
// What a feature has beside the actions in the head of a record's page.
import type { ComponentType, LazyExoticComponent } from "react";
import type { Row, TypeMeta } from "../api/types";

type HeaderPart = LazyExoticComponent<ComponentType<{ type: TypeMeta; record: Row }>>;

let part: HeaderPart | null = null;

export function register_record_header_part(component: HeaderPart) {
  part = component;
}

export const record_header_part = () => part;
