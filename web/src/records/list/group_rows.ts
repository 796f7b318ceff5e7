// SPDX-License-Identifier: Apache-2.0
// A list in groups: heads, and below the open ones their records, each group with pages of its own.
import type { AggregateGroup, Row } from "../../api/types";
import type { TrailRows } from "../list_trail";
import type { RowPages } from "./row_pages";

export type GroupPlace =
  | { group: AggregateGroup; key: string; open: boolean }
  | { row: Row | undefined };

export function group_key(group: AggregateGroup): string {
  return JSON.stringify(group.keys.map((key) => key.value));
}

let made = 0;

export class GroupRows {
  readonly serial = ++made;
  private readonly make_pages: (filter: string) => RowPages<Row>;
  private readonly open = new Map<string, RowPages<Row>>();
  private readonly leave = new Map<string, () => void>();
  private groups: AggregateGroup[] = [];
  private version = 0;
  private readonly listeners = new Set<() => void>();

  constructor(make_pages: (filter: string) => RowPages<Row>) {
    this.make_pages = make_pages;
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
  snapshot = () => this.version;

  // New heads; what is open stays open, and is looked at again.
  async set_groups(groups: AggregateGroup[]): Promise<void> {
    this.groups = groups;
    for (const key of this.open.keys())
      if (!groups.some((group) => group_key(group) === key)) this.close(key);
    this.changed();
    await Promise.all([...this.open.values()].map((pages) => pages.refresh()));
  }

  toggle(key: string) {
    const group = this.groups.find((entry) => group_key(entry) === key);
    if (this.open.has(key)) this.close(key);
    else if (group?.filter) {
      const pages = this.make_pages(group.filter);
      pages.set_total(group.count);
      this.open.set(key, pages);
      this.leave.set(
        key,
        pages.subscribe(() => this.changed()),
      );
      void pages.refresh().catch(() => this.changed());
    }
    this.changed();
  }

  private close(key: string) {
    this.leave.get(key)?.();
    this.leave.delete(key);
    this.open.delete(key);
  }

  get count(): number {
    return this.groups.reduce((sum, group) => sum + 1 + this.rows_in(group), 0);
  }

  private rows_in(group: AggregateGroup): number {
    const pages = this.open.get(group_key(group));
    return pages ? pages.count : 0;
  }

  at(index: number): GroupPlace | undefined {
    let before = 0;
    for (const group of this.groups) {
      const key = group_key(group);
      if (index === before) return { group, key, open: this.open.has(key) };
      const rows = this.rows_in(group);
      if (index <= before + rows) return { row: this.open.get(key)?.at(index - before - 1) };
      before += 1 + rows;
    }
    return undefined;
  }

  loaded_ids(): number[] {
    return [...this.open.values()].flatMap((pages) => pages.loaded_ids());
  }

  // The place of a record among the heads and rows that are here.
  place_of(id: number): number {
    let before = 0;
    for (const group of this.groups) {
      const place = this.open.get(group_key(group))?.place_of(id) ?? -1;
      if (place >= 0) return before + 1 + place;
      before += 1 + this.rows_in(group);
    }
    return -1;
  }

  want(first: number, last: number) {
    let before = 0;
    for (const group of this.groups) {
      const rows = this.rows_in(group);
      const from = Math.max(0, first - before - 1);
      const to = Math.min(rows - 1, last - before - 1);
      if (rows > 0 && to >= from) this.open.get(group_key(group))?.want(from, to);
      before += 1 + rows;
    }
  }

  // The records of the open groups one after the other, without the heads.
  trail(): TrailRows {
    const { pages_before, open_pages } = this;
    const now = this;
    return {
      subscribe: this.subscribe,
      snapshot: this.snapshot,
      at: (index) => {
        const found = pages_before(index);
        return found?.pages.at(index - found.before);
      },
      place_of: (id) => {
        let before = 0;
        for (const pages of open_pages()) {
          const place = pages.place_of(id);
          if (place >= 0) return before + place;
          before += pages.count;
        }
        return -1;
      },
      want: (first, last) => {
        let before = 0;
        for (const pages of open_pages()) {
          const from = Math.max(0, first - before);
          const to = Math.min(pages.count - 1, last - before);
          if (to >= from) pages.want(from, to);
          before += pages.count;
        }
      },
      get count() {
        return now.open_pages().reduce((sum, pages) => sum + pages.count, 0);
      },
      get counted() {
        return { value: this.count };
      },
    };
  }

  // In the order of the groups.
  private open_pages = (): RowPages<Row>[] =>
    this.groups.flatMap((group) => this.open.get(group_key(group)) ?? []);

  private pages_before = (index: number) => {
    let before = 0;
    for (const pages of this.open_pages()) {
      if (index < before + pages.count) return { pages, before };
      before += pages.count;
    }
    return undefined;
  };

  patch(id: number, values: Partial<Row>) {
    for (const pages of this.open.values()) pages.patch(id, values);
  }

  private changed() {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
