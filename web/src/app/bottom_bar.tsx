// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Drawer } from "@mantine/core";
import {
  IconBell,
  IconCalendarWeek,
  IconChecks,
  IconCopy,
  IconFileImport,
  IconKeyboard,
  IconLayoutDashboard,
  IconLogout,
  IconMap2,
  IconMenu2,
  IconPlus,
  IconRefreshDot,
  IconSearch,
  IconSettings,
  IconStack2,
  IconTrash,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { open_create, open_help, open_palette } from "../records/commands";
import { useDictionary } from "../records/dictionary";
import { TypeIcon } from "../records/type_icon";
import { UnreadMark, useUnread } from "./bell";
import classes from "./bottom_bar.module.css";
import LookChoices from "./look_choices";
import { main_types, may_put_right, NavItem } from "./navigation";
import nav_classes from "./navigation.module.css";
import { useSignOut } from "./user_menu";

export default function BottomBar() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [open, set_open] = useState(false);
  const first = main_types(dictionary)[0];
  const unread = useUnread();
  return (
    <nav className={classes.bar} aria-label={t`Main`}>
      <Link to="/" className={classes.item} activeOptions={{ exact: true }} data-tour="dashboards">
        <IconLayoutDashboard size={20} stroke={1.6} />
        <span>{t`Dashboards`}</span>
      </Link>
      {first && (
        <Link to="/$plural" params={{ plural: first.plural }} className={classes.item}>
          <TypeIcon type={first} size={20} />
          <span>{dictionary.text(first.label_plural)}</span>
        </Link>
      )}
      <button
        type="button"
        className={classes.item}
        onClick={() => open_create()}
        data-tour="create"
      >
        <IconPlus size={20} stroke={1.6} />
        <span>{t`New`}</span>
      </button>
      <button type="button" className={classes.item} onClick={open_palette} data-tour="search">
        <IconSearch size={20} stroke={1.6} />
        <span>{t`Search`}</span>
      </button>
      <button
        type="button"
        className={classes.item}
        onClick={() => set_open(true)}
        aria-haspopup="dialog"
        data-tour="user"
      >
        <i className={classes.marked}>
          <IconMenu2 size={20} stroke={1.6} />
          <UnreadMark count={unread} />
        </i>
        <span>{t`Menu`}</span>
      </button>
      <MenuDrawer open={open} close={() => set_open(false)} />
    </nav>
  );
}

interface HelpProps {
  help: "keys" | "tour";
  close: () => void;
  icon: ReactNode;
  children: string;
}

function HelpItem({ help, close, icon, children }: HelpProps) {
  const open = () => {
    close();
    open_help(help);
  };
  return (
    <button type="button" className={nav_classes.item} onClick={open}>
      {icon} {children}
    </button>
  );
}

function MenuDrawer({ open, close }: { open: boolean; close: () => void }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const sign_out = useSignOut();
  return (
    <Drawer
      opened={open}
      onClose={close}
      position="bottom"
      size="82%"
      title={dictionary.me.name}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className={classes.drawer}>
        <NavItem
          to="/notifications"
          icon={<IconBell size={17} stroke={1.6} />}
          label={t`Notifications`}
          on_click={close}
        />
        <NavItem
          to="/diary"
          icon={<IconCalendarWeek size={17} stroke={1.6} />}
          label={t`Diary`}
          on_click={close}
        />
        {main_types(dictionary).map((type) => (
          <NavItem
            key={type.name}
            to={`/${type.plural}`}
            icon={<TypeIcon type={type} />}
            label={dictionary.text(type.label_plural)}
            on_click={close}
          />
        ))}
        <NavItem
          to="/selections"
          icon={<IconStack2 size={17} stroke={1.6} />}
          label={t`Selections`}
          on_click={close}
        />
        <NavItem
          to="/duplicates"
          icon={<IconCopy size={17} stroke={1.6} />}
          label={t`Duplicates`}
          on_click={close}
        />
        {may_put_right(dictionary) && (
          <NavItem
            to="/quality"
            icon={<IconChecks size={17} stroke={1.6} />}
            label={t`Data quality`}
            on_click={close}
          />
        )}
        {dictionary.can("company", "update") && (
          <NavItem
            to="/register-updates"
            icon={<IconRefreshDot size={17} stroke={1.6} />}
            label={t`Register updates`}
            on_click={close}
          />
        )}
        {dictionary.may("import") && (
          <NavItem
            to="/import"
            icon={<IconFileImport size={17} stroke={1.6} />}
            label={t`Import`}
            on_click={close}
          />
        )}
        <NavItem
          to="/bin"
          icon={<IconTrash size={17} stroke={1.6} />}
          label={t`Bin`}
          on_click={close}
        />
        <NavItem
          to="/settings"
          icon={<IconSettings size={17} stroke={1.6} />}
          label={t`Settings`}
          on_click={close}
        />
        <HelpItem help="tour" close={close} icon={<IconMap2 size={17} stroke={1.6} />}>
          {t`Guided tour`}
        </HelpItem>
        <HelpItem help="keys" close={close} icon={<IconKeyboard size={17} stroke={1.6} />}>
          {t`Keyboard shortcuts`}
        </HelpItem>
        <LookChoices />
        <button type="button" className={nav_classes.item} onClick={() => void sign_out()}>
          <IconLogout size={17} stroke={1.6} /> {t`Sign out`}
        </button>
      </div>
    </Drawer>
  );
}
