// SPDX-License-Identifier: Apache-2.0
// What a feature has to say about one field: below it while it is typed, below it on the record's
// page, and in place of its label there, where its value came from. Features register one of each;
// forms and pages have a place. A hint changes nothing by itself.
import type { ComponentType, LazyExoticComponent } from "react";
import type { Row, TypeMeta } from "../api/types";

export interface EntryHintProps {
  type: TypeMeta;
  field: string;
  // Of the whole form; of a record that is there, what is drafted over it.
  values: Record<string, unknown>;
  id?: number;
  // Puts other values into the form.
  fix: (values: Record<string, unknown>) => void;
}

export interface StoredHintProps {
  type: TypeMeta;
  record: Row;
  field: string;
}

export interface OriginProps extends StoredHintProps {
  label: string;
}

type Hint<Props> = LazyExoticComponent<ComponentType<Props>>;

interface FieldHints {
  entry?: Hint<EntryHintProps>;
  stored?: Hint<StoredHintProps>;
  origin?: Hint<OriginProps>;
}

let hints: FieldHints = {};

export function register_field_hints(given: FieldHints) {
  hints = given;
}

export const field_hints = (): FieldHints => hints;
