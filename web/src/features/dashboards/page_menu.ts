// SPDX-License-Identifier: Apache-2.0
// What another feature adds to the menu of a dashboard: entries, and the dialog behind one of them.
import type { ComponentType, LazyExoticComponent } from "react";
import type { PageFilters } from "./types";

interface OfPage {
  dashboard: number;
  name: string;
  filters: PageFilters;
}

export interface PageMenuParts {
  items: LazyExoticComponent<ComponentType<OfPage & { open: () => void }>>;
  dialog: LazyExoticComponent<ComponentType<OfPage & { close: () => void }>>;
}

let parts: PageMenuParts | null = null;

export function register_page_menu(more: PageMenuParts) {
  parts = more;
}

export const page_menu = () => parts;
