// SPDX-License-Identifier: Apache-2.0
// Every selection that one may see: mine, shared ones, favourites first.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { IconPlus, IconSearch, IconStack2, IconStar, IconStarFilled } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client";
import type { TypeMeta } from "../../api/types";
import { ago_text, number_text } from "../../base/format";
import { Initials } from "../../kit/marks";
import { PageHeader } from "../../kit/page_header";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { toast_error } from "../../kit/toast";
import { type Dictionary, useDictionary } from "../../records/dictionary";
import { TypeIcon } from "../../records/type_icon";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { CreateForm } from "./create_form";
import {
  member_filter,
  preview_query,
  refresh_selection,
  type Selection,
  selections_query,
} from "./selection_queries";
import { count_words, KINDS, KindIcon, KindTag } from "./selection_words";
import classes from "./selections.module.css";

interface Wanted {
  whose: string;
  q: string;
  type: string | null;
  kind: string | null;
  category: string | null;
}

const NOTHING: Wanted = { whose: "all", q: "", type: null, kind: null, category: null };

export function selectable_types(dictionary: Dictionary): TypeMeta[] {
  return dictionary.meta.types.filter(
    (type) => !type.system && type.list_columns && dictionary.can(type.name, "read"),
  );
}

function fits(entry: Selection, wanted: Wanted, me: number): boolean {
  if (wanted.whose === "favourites" && !entry.favourite) return false;
  if (wanted.whose === "mine" && entry.owner.id !== me) return false;
  if (wanted.whose === "shared" && entry.owner.id === me) return false;
  if (wanted.whose === "completed" ? !entry.completed : entry.completed) return false;
  if (wanted.type && entry.record_type !== wanted.type) return false;
  if (wanted.kind && entry.kind !== wanted.kind) return false;
  if (wanted.category && entry.category !== wanted.category) return false;
  const words = wanted.q.trim().toLocaleLowerCase();
  return !words || `${entry.name} ${entry.description}`.toLocaleLowerCase().includes(words);
}

export function SelectionsPage() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const [wanted, set_wanted] = useState(NOTHING);
  const [creating, set_creating] = useState(false);
  const list = useQuery(selections_query());
  const all = list.data?.items ?? [];
  const shown = all
    .filter((entry) => fits(entry, wanted, dictionary.me.id))
    .sort((a, b) => Number(b.favourite ?? false) - Number(a.favourite ?? false));
  const start = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => set_creating(true)}>
      {t`New`}
    </Button>
  );
  return (
    <div className="page">
      <PageHeader
        icon={<IconStack2 size={17} stroke={1.6} />}
        title={t`Selections`}
        note={<span className="tabular">{list.data ? number_text(shown.length, 0) : ""}</span>}
        actions={start}
      />
      <Toolbar wanted={wanted} set={set_wanted} all={all} />
      <div className="page_scroll">
        {list.isPending && (
          <div className={classes.pad}>
            <SkeletonLines count={8} />
          </div>
        )}
        {list.isError && (
          <ErrorState
            title={t`The list could not be shown`}
            detail={error_text(list.error)}
            retry={() => void list.refetch()}
            retry_label={t`Try again`}
          />
        )}
        {list.data && shown.length > 0 && <SelectionTable items={shown} />}
        {list.data && !shown.length && (
          <NothingShown filtered={all.length > 0} clear={() => set_wanted(NOTHING)} start={start} />
        )}
      </div>
      {creating && (
        <CreateForm types={selectable_types(dictionary)} close={() => set_creating(false)} />
      )}
    </div>
  );
}

interface NothingProps {
  filtered: boolean;
  clear: () => void;
  start: React.ReactNode;
}

function NothingShown({ filtered, clear, start }: NothingProps) {
  const { t } = useLingui();
  if (filtered) {
    return (
      <EmptyState
        icon={<IconStack2 size={22} stroke={1.5} />}
        title={t`No selection fits`}
        action={<Button variant="default" onClick={clear}>{t`Show all`}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={<IconStack2 size={22} stroke={1.5} />}
      title={t`No selections yet`}
      action={start}
    >
      {t`A named set of records, for lists, numbers, bulk edits and exports.`}
    </EmptyState>
  );
}

interface ToolbarProps {
  wanted: Wanted;
  set: (wanted: Wanted) => void;
  all: Selection[];
}

function Toolbar({ wanted, set, all }: ToolbarProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const types = [...new Set(all.map((entry) => entry.record_type))];
  const categories = [...new Set(all.map((entry) => entry.category).filter(Boolean))].sort();
  const some = (placeholder: string, key: "type" | "kind" | "category", data: Option[]) => (
    <Select
      size="xs"
      className={classes.choice}
      aria-label={placeholder}
      placeholder={placeholder}
      clearable
      data={data}
      value={wanted[key]}
      onChange={(next) => set({ ...wanted, [key]: next })}
    />
  );
  return (
    <div className={classes.toolbar}>
      <SegmentedControl
        size="xs"
        aria-label={t`Whose selections`}
        value={wanted.whose}
        data={[
          { value: "all", label: t`All` },
          { value: "favourites", label: t`Favourites` },
          { value: "mine", label: t`Mine` },
          { value: "shared", label: t`Shared` },
          { value: "completed", label: t`Completed` },
        ]}
        onChange={(whose) => set({ ...wanted, whose })}
      />
      <div className={classes.choices}>
        {some(
          t`Selection of`,
          "type",
          types.map((name) => ({
            value: name,
            label: dictionary.text(dictionary.type(name)?.label_plural, name),
          })),
        )}
        {some(
          t`Kind`,
          "kind",
          Object.entries(KINDS).map(([value, words]) => ({ value, label: translate(words.label) })),
        )}
        {categories.length > 0 &&
          some(
            t`Category`,
            "category",
            categories.map((value) => ({ value, label: value })),
          )}
      </div>
      <TextInput
        size="xs"
        className={classes.search}
        leftSection={<IconSearch size={15} />}
        aria-label={t`Search in selections`}
        placeholder={t`Search in selections`}
        value={wanted.q}
        onChange={(event) => set({ ...wanted, q: event.currentTarget.value })}
      />
    </div>
  );
}

interface Option {
  value: string;
  label: string;
}

function SelectionTable({ items }: { items: Selection[] }) {
  const { t } = useLingui();
  return (
    <div className="table_scroll">
      <table className={`table ${classes.list}`}>
        <thead>
          <tr>
            <th aria-label={t`Favourite`} />
            <th>{t`Name`}</th>
            <th className={classes.not_on_phone}>{t`Selection of`}</th>
            <th className={classes.not_on_phone}>{t`Kind`}</th>
            <th className={classes.end}>{t`Members`}</th>
            <th className={classes.wide_only}>{t`Category`}</th>
            <th className={classes.wide_only}>{t`Owner`}</th>
            <th className={classes.wide_only}>{t`Changed`}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => (
            <SelectionRow key={entry.id} selection={entry} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SelectionRow({ selection }: { selection: Selection }) {
  const dictionary = useDictionary();
  const type = dictionary.type(selection.record_type);
  return (
    <tr>
      <td className={classes.star_cell}>
        <Star selection={selection} />
      </td>
      <td className={classes.name_cell}>
        <Link
          to="/selections/$id"
          params={{ id: String(selection.id) }}
          className={classes.name_link}
        >
          <span className={classes.kind_icon}>
            <KindIcon kind={selection.kind} />
          </span>
          <span className="clip">
            <span className={classes.name}>{selection.name}</span>
            {selection.description && (
              <span className={`${classes.about} clip`}>{selection.description}</span>
            )}
          </span>
        </Link>
      </td>
      <td className={classes.not_on_phone}>
        <span className="row">
          {type && <TypeIcon type={type} size={15} />}
          {dictionary.text(type?.label_plural, selection.record_type)}
        </span>
      </td>
      <td className={classes.not_on_phone}>
        <KindTag kind={selection.kind} />
      </td>
      <td className={`${classes.end} tabular`}>
        {type && <MemberCount type={type} id={selection.id} />}
      </td>
      <td className={`dim ${classes.wide_only}`}>{selection.category}</td>
      <td className={classes.wide_only}>
        <span className="row">
          <Initials name={selection.owner.name} />
          {selection.owner.name}
        </span>
      </td>
      <td className={`dim ${classes.wide_only}`}>{ago_text(selection.updated_at)}</td>
    </tr>
  );
}

// Asked row by row, so that one slow selection holds back no other.
function MemberCount({ type, id }: { type: TypeMeta; id: number }) {
  const { data, isError } = useQuery(preview_query(type.name, type.plural, member_filter(id)));
  return isError ? "–" : data ? count_words(data.count) : "…";
}

export function Star({ selection }: { selection: Selection }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const on = !!selection.favourite;
  const path = `/selections/${selection.id}/favourite`;
  const change = useMutation({
    mutationFn: () => (on ? api.remove(path) : api.put(path)),
    onSuccess: () => refresh_selection(selection.id),
    onError: (error) => toast_error(error_text(error)),
  });
  const label = on ? t`Remove from favourites` : t`Make a favourite`;
  return (
    <ActionIcon
      aria-label={label}
      title={label}
      aria-pressed={on}
      onClick={() => change.mutate()}
      className={classes.star}
    >
      {on ? <IconStarFilled size={16} /> : <IconStar size={16} stroke={1.6} />}
    </ActionIcon>
  );
}
