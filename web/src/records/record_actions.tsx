// SPDX-License-Identifier: Apache-2.0
// What features offer to do with records, wherever records are chosen: in a list's bulk bar, for
// all that a list shows, on one record's page. Features register; lists and pages have a place.
import type { MessageDescriptor } from "@lingui/core";
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  type ComponentType,
  type LazyExoticComponent,
  type ReactNode,
  Suspense,
  useSyncExternalStore,
} from "react";
import type { TypeMeta } from "../api/types";
import { type Dictionary, useDictionary } from "./dictionary";
import { useTranslate } from "./use_translate";

// Which records: some by number, or all that a list shows.
export interface RecordTarget {
  type: TypeMeta;
  ids?: number[];
  filter?: string;
  q?: string;
  count?: number;
  name?: string;
}

export type ActionPlace = "bulk" | "list" | "record";

export interface RecordAction {
  key: string;
  places: ActionPlace[];
  label: MessageDescriptor;
  icon: ReactNode;
  allowed?: (dictionary: Dictionary, type: TypeMeta) => boolean;
  dialog: LazyExoticComponent<ComponentType<{ target: RecordTarget; close: () => void }>>;
}

interface Open {
  action: RecordAction;
  target: RecordTarget;
}

const actions: RecordAction[] = [];
const listeners = new Set<() => void>();
let open: Open | null = null;

export function register_record_actions(more: RecordAction[]) {
  actions.push(...more);
}

function set_open(next: Open | null) {
  open = next;
  for (const listener of listeners) listener();
}

// From a page that knows which records, but not whose dialog it is.
export function open_record_action(key: string, target: RecordTarget) {
  const action = actions.find((one) => one.key === key);
  if (action) set_open({ action, target });
}

function useActions(place: ActionPlace, type: TypeMeta) {
  const dictionary = useDictionary();
  return actions.filter(
    (action) => action.places.includes(place) && (action.allowed?.(dictionary, type) ?? true),
  );
}

interface PlaceProps {
  target: RecordTarget;
}

export function BulkActions({ target }: PlaceProps) {
  const translate = useTranslate();
  return useActions("bulk", target.type).map((action) => (
    <Button
      key={action.key}
      variant="subtle"
      color="gray"
      leftSection={action.icon}
      onClick={() => set_open({ action, target })}
    >
      {translate(action.label)}
    </Button>
  ));
}

export function ListActions({ target }: PlaceProps) {
  const translate = useTranslate();
  return useActions("list", target.type).map((action) => (
    <ActionIcon
      key={action.key}
      aria-label={translate(action.label)}
      title={translate(action.label)}
      onClick={() => set_open({ action, target })}
    >
      {action.icon}
    </ActionIcon>
  ));
}

export function RecordMenuItems({ target }: PlaceProps) {
  const translate = useTranslate();
  return useActions("record", target.type).map((action) => (
    <Menu.Item
      key={action.key}
      leftSection={action.icon}
      onClick={() => set_open({ action, target })}
    >
      {translate(action.label)}
    </Menu.Item>
  ));
}

// The dialog of the chosen action; stands once, in the frame, so that no menu takes it along.
export function RecordActionDialog() {
  const { t } = useLingui();
  const current = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => open,
  );
  if (!current) return null;
  const Dialog = current.action.dialog;
  return (
    <Suspense fallback={<span className="visually_hidden">{t`Loading`}</span>}>
      <Dialog target={current.target} close={() => set_open(null)} />
    </Suspense>
  );
}
