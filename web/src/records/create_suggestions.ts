// SPDX-License-Identifier: Apache-2.0
// What a feature offers while a record is made: an input that knows whole records by what is typed
// into one field, and fills the form with one of them. Features register; the form has a place.
import type { ComponentType, LazyExoticComponent } from "react";
import type { InputProps } from "./fields/field_parts";

export interface Suggestion {
  values: Record<string, unknown>;
  source: string;
  // Stores the record: what the form holds beside the suggestion, and which of its fields the user
  // has emptied; the query is that of a create. Returns the record's id.
  save: (typed: Record<string, unknown>, left_out: string[], query: string) => Promise<number>;
}

export interface SuggestingProps extends InputProps {
  values: Record<string, unknown>;
  fill: (suggestion: Suggestion) => void;
  open_record: (id: number) => void;
}

interface Offer {
  type: string;
  fields: string[];
  input: LazyExoticComponent<ComponentType<SuggestingProps>>;
}

const offers: Offer[] = [];

export function register_create_suggestions(offer: Offer) {
  offers.push(offer);
}

export function suggesting_input(type: string, field: string) {
  return offers.find((offer) => offer.type === type && offer.fields.includes(field))?.input;
}
