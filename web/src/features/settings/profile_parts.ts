// SPDX-License-Identifier: Apache-2.0
// What features have to set on a user's own page of settings.
import type { ComponentType, LazyExoticComponent } from "react";

type ProfilePart = LazyExoticComponent<ComponentType>;

const parts: ProfilePart[] = [];

export function register_profile_part(part: ProfilePart) {
  parts.push(part);
}

export const profile_parts = (): readonly ProfilePart[] => parts;
