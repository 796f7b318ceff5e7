// SPDX-License-Identifier: Apache-2.0
// One box for everything: hits by type, places to go, things to do.
import { useLingui } from "@lingui/react/macro";
import { CloseButton, Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import {
  IconBell,
  IconCalendarWeek,
  IconCopy,
  IconFileImport,
  IconKeyboard,
  IconLayoutDashboard,
  IconLogout,
  IconPlus,
  IconRoute,
  IconSearch,
  IconSettings,
  IconStack2,
  IconTrash,
  IconUserCircle,
  type TablerIcon,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useEffect, useState } from "react";
import { search_query } from "../api/queries";
import { useKeyboardBack } from "../kit/dialog";
import { Keys, SquareMark } from "../kit/marks";
import { open_create, open_help } from "../records/commands";
import { useDictionary } from "../records/dictionary";
import { TypeIcon } from "../records/type_icon";
import classes from "./command_palette.module.css";
import { main_types } from "./navigation";
import { useSignOut } from "./user_menu";

interface Entry {
  key: string;
  label: string;
  note?: string | undefined;
  icon: ReactNode;
  run: () => void;
}

interface Group {
  title: string;
  entries: Entry[];
}

const TYPING_MS = 120;

export default function CommandPalette({ close }: { close: () => void }) {
  const { t } = useLingui();
  useKeyboardBack();
  const [text, set_text] = useState("");
  const [active, set_active] = useState(0);
  const hits = useHits(text);
  const commands = useCommandGroups(text);
  const groups = [...hits.groups, ...commands].filter((group) => group.entries.length);
  const flat = groups.flatMap((group) => group.entries);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text starts at the top
  useEffect(() => set_active(0), [text]);
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    close();
    entry.run();
  };
  const on_key = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) {
      event.preventDefault();
      set_active((active + step + flat.length) % Math.max(1, flat.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(flat[active]);
    }
  };
  return (
    <Modal.Root opened onClose={close} size={620} yOffset="12vh" transitionProps={{ duration: 90 }}>
      <Modal.Overlay color="var(--overlay)" backgroundOpacity={1} />
      <Modal.Content
        aria-label={t`Search and commands`}
        // As className the inner box would take it too, and be as narrow.
        classNames={{ content: classes.content }}
      >
        <div className={classes.box}>
          <IconSearch size={18} stroke={1.7} aria-hidden />
          <input
            className={classes.input}
            data-autofocus
            role="combobox"
            aria-expanded
            aria-controls="palette_hits"
            aria-activedescendant={flat[active] ? `palette_${active}` : undefined}
            aria-label={t`Search or type a command`}
            placeholder={t`Search or type a command`}
            value={text}
            onChange={(event) => set_text(event.currentTarget.value)}
            onKeyDown={on_key}
          />
          <span className={classes.escape}>
            <Keys>Esc</Keys>
          </span>
          {/* A phone has no such key. */}
          <CloseButton className={classes.close} aria-label={t`Close`} onClick={close} />
        </div>
        <div className={classes.hits} id="palette_hits" role="listbox" aria-label={t`Results`}>
          <PaletteGroups groups={groups} active={active} set_active={set_active} run={run} />
          {!flat.length && !hits.busy && <p className={classes.nothing}>{t`Nothing found`}</p>}
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}

interface GroupsProps {
  groups: Group[];
  active: number;
  set_active: (index: number) => void;
  run: (entry: Entry) => void;
}

function PaletteGroups({ groups, active, set_active, run }: GroupsProps) {
  let index = -1;
  return groups.map((group) => (
    // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox
    <div key={group.title} role="group" aria-label={group.title}>
      <p className={classes.title} aria-hidden>
        {group.title}
      </p>
      {group.entries.map((entry) => {
        index += 1;
        const place = index;
        return (
          <div
            key={entry.key}
            id={`palette_${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === active}
            className={classes.entry}
            ref={(node) => {
              if (place === active) node?.scrollIntoView({ block: "nearest" });
            }}
            onMouseMove={() => set_active(place)}
            onClick={() => run(entry)}
            onKeyDown={undefined}
          >
            <span className={classes.icon}>{entry.icon}</span>
            <span className="clip">{entry.label}</span>
            {entry.note && <span className={`${classes.note} clip`}>{entry.note}</span>}
          </div>
        );
      })}
    </div>
  ));
}

function useHits(text: string): { groups: Group[]; busy: boolean } {
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const [wanted] = useDebouncedValue(text.trim(), TYPING_MS);
  const { data, isFetching } = useQuery(search_query(wanted));
  if (!text.trim()) return { groups: [], busy: false };
  const groups = (data?.groups ?? []).flatMap((group) => {
    const type = dictionary.type(group.type);
    if (!type) return [];
    const entries = group.items.map((hit) => ({
      key: `${group.type}/${hit.id}`,
      label: hit.name,
      note: hit.subtitle,
      icon: <SquareMark name={hit.name} size={20} />,
      run: () =>
        void navigate({ to: "/$plural/$id", params: { plural: type.plural, id: String(hit.id) } }),
    }));
    return [{ title: dictionary.text(type.label_plural, type.plural), entries }];
  });
  return { groups, busy: isFetching || wanted !== text.trim() };
}

function useCommandGroups(text: string): Group[] {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const sign_out = useSignOut();
  const go = (to: string) => () => void navigate({ to });
  const icon = (Icon: TablerIcon) => <Icon size={16} stroke={1.6} />;
  const places: Entry[] = [
    { key: "home", label: t`Dashboards`, icon: icon(IconLayoutDashboard), run: go("/") },
    {
      key: "notifications",
      label: t`Notifications`,
      icon: icon(IconBell),
      run: go("/notifications"),
    },
    { key: "diary", label: t`Diary`, icon: icon(IconCalendarWeek), run: go("/diary") },
    ...main_types(dictionary).map((type) => ({
      key: `go_${type.name}`,
      label: dictionary.text(type.label_plural, type.plural),
      icon: <TypeIcon type={type} size={16} />,
      run: go(`/${type.plural}`),
    })),
    { key: "selections", label: t`Selections`, icon: icon(IconStack2), run: go("/selections") },
    { key: "duplicates", label: t`Duplicates`, icon: icon(IconCopy), run: go("/duplicates") },
    ...(dictionary.may("import")
      ? [{ key: "import", label: t`Import`, icon: icon(IconFileImport), run: go("/import") }]
      : []),
    { key: "bin", label: t`Bin`, icon: icon(IconTrash), run: go("/bin") },
    { key: "settings", label: t`Settings`, icon: icon(IconSettings), run: go("/settings") },
    {
      key: "profile",
      label: t`Profile and security`,
      icon: icon(IconUserCircle),
      run: go("/settings/profile"),
    },
  ];
  const actions: Entry[] = [
    ...main_types(dictionary)
      .filter((type) => dictionary.can(type.name, "create"))
      .map((type) => ({
        key: `new_${type.name}`,
        label: `${t`New`}: ${dictionary.text(type.label, type.name)}`,
        icon: icon(IconPlus),
        run: () => open_create({ type: type.name }),
      })),
    {
      key: "keys",
      label: t`Keyboard shortcuts`,
      icon: icon(IconKeyboard),
      run: () => open_help("keys"),
    },
    { key: "tour", label: t`Guided tour`, icon: icon(IconRoute), run: () => open_help("tour") },
    { key: "sign_out", label: t`Sign out`, icon: icon(IconLogout), run: () => void sign_out() },
  ];
  const words = text.trim().toLowerCase();
  const fits = (entry: Entry) => entry.label.toLowerCase().includes(words);
  return [
    { title: t`Go to`, entries: places.filter(fits) },
    { title: t`Actions`, entries: actions.filter(fits) },
  ];
}
