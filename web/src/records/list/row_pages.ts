// SPDX-License-Identifier: Apache-2.0
// The rows of a list by their place, however many there are: pages are fetched when they come into
// sight and forgotten when there are too many. A page is found by the cursor of a page before it
// and a number of rows to pass over, so that one can jump anywhere.
import type { Page } from "../../api/types";

export const ROWS_PER_PAGE = 100;
// 4,000 rows; what is further away is fetched again.
const PAGES_MAX = 40;
const REQUESTS_MAX = 2;

export interface Place {
  cursor: string;
  skip: number;
  // The first page also says how many there are.
  first: boolean;
}
export type FetchPage<T> = (place: Place, signal: AbortSignal) => Promise<Page<T>>;

let made = 0;

export class RowPages<T extends { id: number }> {
  // Tells one set of pages from another about the same rows.
  readonly serial = ++made;
  private readonly fetch_page: FetchPage<T>;
  private readonly pages = new Map<number, T[]>();
  private cursors = new Map<number, string>([[0, ""]]);
  private readonly loading = new Map<number, AbortController>();
  private readonly failed = new Map<number, unknown>();
  private wanted: number[] = [0];
  private stale = new Set<number>();
  private end: number | null = null;
  private total: Page<T>["count"];
  private version = 0;
  private round = 0;
  private readonly listeners = new Set<() => void>();

  constructor(fetch_page: FetchPage<T>) {
    this.fetch_page = fetch_page;
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };
  snapshot = () => this.version;

  at(index: number): T | undefined {
    return this.pages.get(Math.floor(index / ROWS_PER_PAGE))?.[index % ROWS_PER_PAGE];
  }

  // The place of a record among the rows that are here.
  place_of(id: number): number {
    for (const [page, rows] of this.pages) {
      const place = rows.findIndex((row) => row.id === id);
      if (place >= 0) return page * ROWS_PER_PAGE + place;
    }
    return -1;
  }

  // The rows that are here.
  loaded_ids(): number[] {
    return [...this.pages.values()].flatMap((rows) => rows.map((row) => row.id));
  }

  get is_pending(): boolean {
    return !this.pages.size && this.end === null && !this.failed.size;
  }
  get error(): unknown {
    return this.pages.size ? undefined : this.failed.get(0);
  }
  get counted(): Page<T>["count"] {
    return this.end === null ? this.total : { value: this.end };
  }
  get pages_held(): number {
    return this.pages.size;
  }

  // Rows to make room for. While only "1,000+" is known, a page more than what has been seen.
  get count(): number {
    if (this.end !== null) return this.end;
    let seen = 0;
    for (const page of this.pages.keys()) seen = Math.max(seen, (page + 1) * ROWS_PER_PAGE);
    if (!this.total) return seen;
    return this.total.at_least
      ? Math.max(seen + ROWS_PER_PAGE, this.total.value)
      : Math.max(seen, this.total.value);
  }

  // Somebody asked how many there are, exactly.
  set_total(value: number) {
    if (this.total && !this.total.at_least && this.total.value === value) return;
    this.total = { value };
    this.changed();
  }

  // Rows in sight; fetches what is missing, and leaves what nobody waits for any more.
  want(first: number, last: number) {
    const from = Math.floor(Math.max(0, first) / ROWS_PER_PAGE);
    const to = Math.floor(Math.max(0, last) / ROWS_PER_PAGE);
    // A page that failed is tried again when one comes back to it, not for ever.
    if (this.wanted[0] !== from || this.wanted.at(-1) !== to)
      for (let page = from; page <= to; page += 1) this.failed.delete(page);
    this.wanted = Array.from({ length: to - from + 1 }, (_, index) => from + index);
    for (const [page, controller] of this.loading)
      if (!this.wanted.includes(page)) controller.abort();
    this.pump();
  }

  // Everything may have changed: what is in sight is fetched again, the rest forgotten. Rows stay
  // on screen until the new ones are here.
  async refresh(): Promise<void> {
    this.round += 1;
    const first = this.wanted[0] ?? 0;
    const kept = this.cursors.get(first);
    this.cursors = new Map([[0, ""]]);
    if (kept !== undefined) this.cursors.set(first, kept);
    for (const controller of this.loading.values()) controller.abort();
    for (const page of [...this.pages.keys()])
      if (!this.wanted.includes(page)) this.pages.delete(page);
    this.stale = new Set(this.pages.keys());
    this.failed.clear();
    // What was counted is old, but the best there is until the first page or somebody counts again.
    if (this.end !== null) this.total = { value: this.end };
    this.end = null;
    const pages = this.wanted.includes(0) ? this.wanted : [0, ...this.wanted];
    await Promise.all(pages.map((page) => this.load(page)));
    const problem = this.failed.values().next();
    if (!problem.done && !this.pages.size) throw problem.value;
  }

  // Shows a value before the server has it, or the row as the server answered it.
  patch(id: number, values: Partial<T>) {
    for (const [page, rows] of this.pages) {
      const place = rows.findIndex((row) => row.id === id);
      if (place < 0) continue;
      this.pages.set(page, rows.with(place, { ...rows[place]!, ...values }));
      this.changed();
    }
  }

  private pump() {
    for (const page of this.wanted) {
      if (this.loading.size >= REQUESTS_MAX) return;
      const there = this.pages.has(page) && !this.stale.has(page);
      if (!there && !this.loading.has(page) && !this.failed.has(page) && !this.is_past_end(page))
        void this.load(page).then(() => this.pump());
    }
  }

  private is_past_end(page: number): boolean {
    return this.end !== null && page > 0 && page * ROWS_PER_PAGE >= this.end;
  }

  private place(page: number): Place {
    let known = page;
    while (!this.cursors.has(known)) known -= 1;
    const skip = (page - known) * ROWS_PER_PAGE;
    return { cursor: this.cursors.get(known)!, skip, first: page === 0 };
  }

  private async load(page: number): Promise<void> {
    const controller = new AbortController();
    const round = this.round;
    this.loading.set(page, controller);
    try {
      const answer = await this.fetch_page(this.place(page), controller.signal);
      if (round === this.round) this.take(page, answer);
    } catch (error) {
      if (round === this.round && !controller.signal.aborted) {
        this.failed.set(page, error);
        this.changed();
      }
    } finally {
      if (this.loading.get(page) === controller) this.loading.delete(page);
    }
  }

  private take(page: number, answer: Page<T>) {
    this.stale.delete(page);
    this.pages.delete(page);
    if (answer.items.length || page === 0) this.pages.set(page, answer.items);
    const known = this.total?.value ?? 0;
    // "1,000+" says less than an exact count of before: the scrolled-to place must not shrink away.
    if (answer.count && !(answer.count.at_least && known >= answer.count.value))
      this.total = answer.count;
    if (answer.next) this.cursors.set(page + 1, answer.next);
    else this.end = page * ROWS_PER_PAGE + answer.items.length;
    for (const old of this.pages.keys()) {
      if (this.pages.size <= PAGES_MAX) break;
      if (!this.wanted.includes(old)) this.pages.delete(old);
    }
    this.changed();
  }

  private changed() {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
