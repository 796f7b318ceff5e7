// SPDX-License-Identifier: Apache-2.0
// What a feature has to say while a record is made: a place below the form. Features register one.
import type { ComponentType, LazyExoticComponent } from "react";
import type { TypeMeta } from "../api/types";

export interface CreateWarningProps {
  type: TypeMeta;
  // As they would be sent.
  values: Record<string, unknown>;
  // Why the server did not make the record, when it did not.
  refused: unknown;
  // What was typed is given up for a record that is there.
  use: (id: number) => void;
  create_anyway: () => void;
  busy: boolean;
}

type CreateWarning = LazyExoticComponent<ComponentType<CreateWarningProps>>;

let warning: CreateWarning | null = null;

export function register_create_warning(component: CreateWarning) {
  warning = component;
}

export const create_warning = () => warning;

// The refusal that a warning explains better than a line of text would.
export const DUPLICATE_SUSPECTED = "duplicate_suspected";
