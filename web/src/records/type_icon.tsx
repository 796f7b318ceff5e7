// SPDX-License-Identifier: Apache-2.0
import {
  IconBriefcase,
  IconBuilding,
  IconCalendarEvent,
  IconChartBar,
  IconCube,
  IconFileText,
  IconLayoutList,
  IconListDetails,
  IconPackage,
  IconUser,
  IconUserCircle,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { TypeMeta } from "../api/types";

const ICONS: Record<string, typeof IconCube> = {
  building: IconBuilding,
  user: IconUser,
  calendar: IconCalendarEvent,
  chart: IconChartBar,
  briefcase: IconBriefcase,
  file: IconFileText,
  document: IconFileText,
  package: IconPackage,
  box: IconPackage,
  list: IconListDetails,
  users: IconUsersGroup,
  group: IconUsersGroup,
  rows: IconLayoutList,
  user_circle: IconUserCircle,
};

export function TypeIcon({ type, size = 17 }: { type: TypeMeta | undefined; size?: number }) {
  const Icon = ICONS[type?.icon ?? ""] ?? IconCube;
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
