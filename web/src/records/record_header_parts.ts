// SPDX-License-Identifier: Apache-2.0
// What features have beside the actions in the head of a record's page, in the order they come in.
import type { ComponentType, LazyExoticComponent } from "react";
import type { Row, TypeMeta } from "../api/types";

type HeaderPart = LazyExoticComponent<ComponentType<{ type: TypeMeta; record: Row }>>;

const parts: HeaderPart[] = [];

export function register_record_header_part(component: HeaderPart) {
  parts.push(component);
}

export const record_header_parts = (): readonly HeaderPart[] => parts;
