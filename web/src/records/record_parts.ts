// SPDX-License-Identifier: Apache-2.0
// What a feature shows on the page of records of one type: a band below the head, and a block
// beside the record's fields.
import type { ComponentType, LazyExoticComponent } from "react";
import type { Row, TypeMeta } from "../api/types";

type RecordPart = LazyExoticComponent<ComponentType<{ type: TypeMeta; record: Row }>>;

interface RecordParts {
  band?: RecordPart;
  side?: RecordPart;
}

const parts = new Map<string, RecordParts>();

export function register_record_parts(type: string, given: RecordParts) {
  parts.set(type, given);
}

export const record_parts = (type: string): RecordParts => parts.get(type) ?? {};
