// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import {
  IconAdjustments,
  IconBuilding,
  IconBuildingBank,
  IconChecks,
  IconCoins,
  IconCopy,
  IconEye,
  IconForms,
  IconLayout,
  IconLockAccess,
  IconPlayerPlay,
  IconPlugConnected,
  IconRoute,
  IconTags,
  IconUserCircle,
  IconUsers,
  IconUsersGroup,
  IconWorld,
  IconWorldUpload,
} from "@tabler/icons-react";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { PageHeader } from "../../kit/page_header";
import { useDictionary } from "../../records/dictionary";
import classes from "./settings.module.css";

// On a phone the places are a row that is wider than the screen.
function into_view(place: HTMLAnchorElement | null) {
  place?.scrollIntoView({ block: "nearest", inline: "center" });
}

export function SettingsPage() {
  const { t } = useLingui();
  const { may } = useDictionary();
  const here = useLocation({ select: (location) => location.pathname });
  const admin = may("administer");
  const places = [
    { to: "/settings/profile", label: t`Profile and security`, icon: IconUserCircle, shown: true },
    { to: "/settings/general", label: t`Installation`, icon: IconBuilding, shown: admin },
    { to: "/settings/currencies", label: t`Currencies`, icon: IconCoins, shown: admin },
    { to: "/settings/users", label: t`Users`, icon: IconUsers, shown: admin },
    { to: "/settings/groups", label: t`Groups`, icon: IconUsersGroup, shown: admin },
    { to: "/settings/roles", label: t`Roles`, icon: IconLockAccess, shown: admin },
    { to: "/settings/types", label: t`Record types`, icon: IconForms, shown: admin },
    { to: "/settings/layouts", label: t`Layouts`, icon: IconLayout, shown: admin },
    { to: "/settings/lists", label: t`Lists`, icon: IconTags, shown: admin },
    { to: "/settings/sales-guide", label: t`Sales guide`, icon: IconRoute, shown: admin },
    { to: "/settings/registers", label: t`Registers`, icon: IconBuildingBank, shown: admin },
    { to: "/settings/duplicates", label: t`Duplicates`, icon: IconCopy, shown: admin },
    { to: "/settings/quality", label: t`Data quality`, icon: IconChecks, shown: admin },
    { to: "/settings/panels", label: t`Web panels`, icon: IconWorld, shown: admin },
    { to: "/settings/connections", label: t`Connections`, icon: IconPlugConnected, shown: admin },
    { to: "/settings/jobs", label: t`Jobs`, icon: IconPlayerPlay, shown: true },
    {
      to: "/settings/access-log",
      label: t`Access log`,
      icon: IconEye,
      shown: may("read_access_log"),
    },
    {
      to: "/settings/egress",
      label: t`Outgoing calls`,
      icon: IconWorldUpload,
      shown: may("read_access_log"),
    },
  ];
  return (
    <div className="page">
      <PageHeader icon={<IconAdjustments size={17} stroke={1.6} />} title={t`Settings`} />
      <div className={classes.columns}>
        <nav className={classes.nav} aria-label={t`Settings`}>
          {places
            .filter((place) => place.shown)
            .map(({ to, label, icon: Icon }) => (
              <Link
                key={to}
                ref={here === to ? into_view : undefined}
                to={to}
                className={classes.place}
                activeProps={{ "data-active": true } as object}
              >
                <Icon size={16} stroke={1.6} aria-hidden />
                {label}
              </Link>
            ))}
        </nav>
        <div className={classes.content}>
          <Outlet />
        </div>
      </div>
    </div>
  );
}
