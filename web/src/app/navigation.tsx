// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Tooltip } from "@mantine/core";
import {
  IconCalendarWeek,
  IconChecks,
  IconCopy,
  IconFileImport,
  IconLayoutDashboard,
  IconLayoutSidebar,
  IconPlus,
  IconRefreshDot,
  IconSearch,
  IconSettings,
  IconStack2,
  IconTrash,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Keys } from "../kit/marks";
import { open_create, open_palette } from "../records/commands";
import { type Dictionary, useDictionary } from "../records/dictionary";
import { TypeIcon } from "../records/type_icon";
import { Bell } from "./bell";
import { TourOffer } from "./help/tour_offer";
import classes from "./navigation.module.css";
import { UserMenu } from "./user_menu";

const HIDDEN_TYPES = ["user", "group", "list_item", "sale_line"];

export function main_types(dictionary: Dictionary) {
  return dictionary.meta.types.filter(
    (type) =>
      !type.system &&
      !type.retired &&
      !HIDDEN_TYPES.includes(type.name) &&
      dictionary.can(type.name, "read"),
  );
}

// Who changes no record has nothing to put right.
export const may_put_right = (dictionary: Dictionary) =>
  main_types(dictionary).some((type) => dictionary.can(type.name, "update"));

interface Props {
  narrow: boolean;
  toggle: () => void;
}

export function Navigation({ narrow, toggle }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  return (
    <nav className={classes.nav} data-narrow={narrow || undefined} aria-label={t`Main`}>
      <div className={classes.top}>
        <Link to="/" className={classes.mark}>
          <img src="/favicon.svg" width={24} height={24} alt="" />
          {!narrow && <span>Fokus</span>}
          {narrow && <span className="visually_hidden">Fokus</span>}
        </Link>
        {!narrow && <Toggle toggle={toggle} label={t`Narrow navigation`} />}
      </div>
      <button type="button" className={classes.search} onClick={open_palette} data-tour="search">
        <IconSearch size={16} stroke={1.7} aria-hidden />
        <span className={classes.word}>{t`Search`}</span>
        {!narrow && <Keys>Ctrl K</Keys>}
      </button>
      <button
        type="button"
        className={classes.item}
        onClick={() => open_create()}
        data-tour="create"
      >
        <IconPlus size={17} stroke={1.7} aria-hidden />
        <span className={classes.word}>{t`New`}</span>
      </button>
      <Bell narrow={narrow} />
      <div className={classes.scroll}>
        <NavItem
          to="/"
          exact
          icon={<IconLayoutDashboard size={17} stroke={1.6} />}
          label={t`Dashboards`}
          narrow={narrow}
          tour="dashboards"
        />
        <NavItem
          to="/diary"
          icon={<IconCalendarWeek size={17} stroke={1.6} />}
          label={t`Diary`}
          narrow={narrow}
        />
        <p className={classes.section}>{narrow ? "" : t`Records`}</p>
        <div className={classes.group} data-tour="records">
          {main_types(dictionary).map((type) => (
            <NavItem
              key={type.name}
              to={`/${type.plural}`}
              icon={<TypeIcon type={type} />}
              label={dictionary.text(type.label_plural, type.plural)}
              narrow={narrow}
            />
          ))}
        </div>
        <p className={classes.section}>{narrow ? "" : t`Tools`}</p>
        <NavItem
          to="/selections"
          icon={<IconStack2 size={17} stroke={1.6} />}
          label={t`Selections`}
          narrow={narrow}
          tour="selections"
        />
        <NavItem
          to="/duplicates"
          icon={<IconCopy size={17} stroke={1.6} />}
          label={t`Duplicates`}
          narrow={narrow}
        />
        {may_put_right(dictionary) && (
          <NavItem
            to="/quality"
            icon={<IconChecks size={17} stroke={1.6} />}
            label={t`Data quality`}
            narrow={narrow}
          />
        )}
        {dictionary.can("company", "update") && (
          <NavItem
            to="/register-updates"
            icon={<IconRefreshDot size={17} stroke={1.6} />}
            label={t`Register updates`}
            narrow={narrow}
          />
        )}
        {dictionary.may("import") && (
          <NavItem
            to="/import"
            icon={<IconFileImport size={17} stroke={1.6} />}
            label={t`Import`}
            narrow={narrow}
          />
        )}
        <NavItem
          to="/bin"
          icon={<IconTrash size={17} stroke={1.6} />}
          label={t`Bin`}
          narrow={narrow}
        />
        <NavItem
          to="/settings"
          icon={<IconSettings size={17} stroke={1.6} />}
          label={t`Settings`}
          narrow={narrow}
        />
      </div>
      {narrow && <Toggle toggle={toggle} label={t`Wide navigation`} />}
      {!narrow && <TourOffer />}
      <UserMenu narrow={narrow} />
    </nav>
  );
}

function Toggle({ toggle, label }: { toggle: () => void; label: string }) {
  return (
    <button
      type="button"
      className={classes.toggle}
      onClick={toggle}
      aria-label={label}
      title={label}
    >
      <IconLayoutSidebar size={17} stroke={1.6} />
    </button>
  );
}

interface ItemProps {
  to: string;
  icon: ReactNode;
  label: string;
  narrow?: boolean;
  exact?: boolean;
  on_click?: () => void;
  tour?: string;
}

export function NavItem({ to, icon, label, narrow, exact, on_click, tour }: ItemProps) {
  return (
    <Tooltip label={label} position="right" disabled={!narrow}>
      <Link
        to={to}
        className={classes.item}
        data-tour={tour}
        activeOptions={{ exact: !!exact, includeSearch: false }}
        activeProps={{ "data-active": true, "aria-current": "page" } as object}
        onClick={on_click}
      >
        {icon}
        <span className={narrow ? "visually_hidden" : classes.word}>{label}</span>
      </Link>
    </Tooltip>
  );
}
