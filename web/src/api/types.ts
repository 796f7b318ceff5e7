// SPDX-License-Identifier: Apache-2.0
// The shapes that the server answers with. Field names are the server's, never renamed.

export type FieldKind =
  | "text"
  | "long_text"
  | "rich_text"
  | "integer"
  | "decimal"
  | "money"
  | "boolean"
  | "date"
  | "instant"
  | "choice"
  | "choices"
  | "link"
  | "links"
  | "phone"
  | "email"
  | "url"
  | "address"
  | "registration_number"
  | "country"
  | "language"
  | "user"
  | "group"
  | "file";

export type Labels = Record<string, string>;

export interface FieldMeta {
  name: string;
  kind: FieldKind;
  label: Labels;
  required?: boolean;
  read_only?: boolean;
  indexed?: boolean;
  searchable?: boolean;
  list?: string;
  target?: string;
  scale?: number;
  length_max?: number;
  computed?: boolean | string;
  custom?: boolean;
  hidden?: boolean;
}

export interface LayoutSection {
  key: string;
  label?: Labels;
  fields: string[];
}

export interface RelatedLayout {
  name: string;
  label?: Labels;
  columns?: string[];
}

export interface TypeMeta {
  name: string;
  plural: string;
  label: Labels;
  label_plural: Labels;
  icon?: string;
  owned?: boolean;
  about_person?: boolean;
  contact_points?: boolean;
  timeline?: boolean;
  custom?: boolean;
  system?: boolean;
  /** Takes no new records and is in no navigation; what is there stays. */
  retired?: boolean;
  fields: FieldMeta[];
  layout?: { header?: string[]; sections?: LayoutSection[]; related?: RelatedLayout[] };
  list_columns?: string[];
  backlinks?: { name: string; type: string; field: string }[];
}

export interface ListItem {
  id?: number;
  key: string;
  label: Labels;
  colour?: string;
  retired?: boolean;
  extra?: Record<string, unknown>;
}

// A file as a record holds it.
export interface FileRef {
  id: number;
  name: string;
  size: number;
  type: string;
}

export type StoredFile = FileRef;

export interface FileVersion {
  number: number;
  name: string;
  size: number;
  type: string;
  current: boolean;
  restored_from: number | null;
  at: string;
  by: Ref | null;
}

export interface Meta {
  revision: number;
  limits?: { file_bytes?: number };
  base_currency: string;
  installation?: Partial<Installation>;
  types: TypeMeta[];
  lists: Record<string, ListItem[]>;
}

export interface Installation {
  company_name: string;
  base_currency: string;
  default_language: string;
  default_time_zone: string;
  first_day_of_week: number;
  fiscal_year_start_month: number;
  bin_days: number;
  merge_undo_days: number;
}

export interface SettingsAnswer {
  items: { key: keyof Installation; kind: string; value: string | number }[];
  base_amounts_pending: boolean;
}

export interface SettingChange {
  id: number;
  at: string;
  actor: Ref | null;
  key: string;
  old: string | null;
  new: string | null;
}

export interface ExchangeRate {
  id: number;
  currency: string;
  base: string;
  valid_from: string;
  rate: string;
}

export interface BaseAmounts {
  base_currency: string;
  pending: boolean;
  amounts: number;
  changed: number;
  without_rate: { currency: string; count: number; earliest: string }[];
}

export interface Ref {
  id: number;
  name: string;
}

export interface Money {
  amount: string;
  currency: string;
}

export interface Address {
  street?: string;
  postcode?: string;
  city?: string;
  region?: string;
  country?: string;
}

export interface ContactPoint {
  id?: number;
  kind: "phone" | "email" | "url" | "address";
  label?: string;
  value: string | Address;
  primary?: boolean;
}

export type Value = unknown;

// An amount that is not what the records below it come to.
export interface Notice {
  field: string;
  code: string;
  sum_of: string;
  sum: Money;
}

export interface Row {
  id: number;
  version: number;
  contact_points?: ContactPoint[];
  rights?: { update?: boolean; archive?: boolean };
  masked?: string[];
  notices?: Notice[];
  [field: string]: Value;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  count?: { value: number; at_least?: boolean };
}

export type TypeRight = "read" | "create" | "update" | "archive" | "export";

export interface Me {
  id: number;
  name: string;
  email: string;
  language: string;
  theme: "system" | "light" | "dark";
  density: "comfortable" | "compact";
  time_zone: string;
  primary_group?: Ref | null;
  groups?: Ref[];
  roles?: Ref[];
  functions: string[];
  types: Record<string, Partial<Record<TypeRight, boolean>>>;
  totp_enabled?: boolean;
}

export interface SearchHit {
  id: number;
  name: string;
  subtitle?: string;
  highlight?: string;
}

export interface SearchAnswer {
  groups: { type: string; items: SearchHit[] }[];
}

export interface TimelineItem {
  kind: string;
  at: string;
  type: string;
  id: number;
  name?: string;
  record?: Row;
  by?: Ref | null;
}

export interface FieldChange {
  field: string;
  old: Value;
  new: Value;
  // Old and new are kept back: the field's class is not shown to this user.
  masked?: boolean;
}

export interface HistoryItem {
  id: number;
  at: string;
  actor?: Ref | null;
  actor_kind?: "user" | "api_key" | "system" | string;
  action: string;
  batch?: number | null;
  source?: { kind: string; name?: string } | null;
  changes: FieldChange[];
}

export interface Relation {
  id: number;
  kind: { key: string; label: string };
  sentence?: string;
  record: { type: string; id: number; name: string };
  note?: string;
}

export interface Job {
  id: number;
  kind: string;
  status: "queued" | "running" | "done" | "failed" | "cancelled" | string;
  progress?: { done: number; total: number } | null;
  // What it is about: the record type and the change set it makes or takes back.
  about?: { type?: string; batch?: number; action?: string };
  result?: Record<string, unknown> | null;
  created_by?: number;
  error?: unknown;
  created_at?: string;
}

export interface BulkPreview {
  count: number;
  // Match, but the user may not change them.
  not_allowed?: number;
  sample: { id: number; name: string | null; error?: string; changes: FieldChange[] }[];
}

export interface Batch {
  id: number;
  kind: string;
  type: string;
  created_at: string;
  undone_at: string | null;
}

// Why one record of a bulk edit was refused.
export interface RowProblem {
  id: number;
  code: string;
  field?: string;
  reason?: string;
}

export interface ImportColumn {
  name: string;
  sample: string[];
  guess: string | null;
}

export interface ImportStep {
  op: "trim" | "upper" | "lower" | "title" | "split" | "replace" | "date" | "constant";
  by?: string;
  part?: number;
  format?: string;
  value?: string;
  values?: Record<string, string>;
}

export interface ImportState {
  id: number;
  // What the file was: the two others became a table when they were taken in.
  kind?: "csv" | "xlsx" | "vcard";
  sheet?: string;
  sheets?: string[];
  notes?: Record<string, number>;
  transforms?: Record<string, ImportStep[]>;
  constants?: Record<string, string>;
  on_match?: string;
  duplicates?: string;
  source?: { name?: string; legal_basis?: string; obtained_at?: string };
  remembered?: { id: number; name: string; fits: boolean }[];
  type: string;
  name?: string;
  status: string;
  columns: ImportColumn[];
  delimiter?: string;
  encoding?: string;
  // The row that names the columns; absent where the server finds it alone.
  header_row?: number | "none";
  rows_estimate?: number;
  mapping?: Record<string, string>;
  match?: string[];
  policy?: Record<string, string>;
  date_order?: string;
  decimal_mark?: string;
  // Empty before the first dry run.
  counts?: {
    rows?: number;
    created?: number;
    updated?: number;
    unchanged?: number;
    failed?: number;
    skipped?: number;
    asked?: number;
  } | null;
  sample?: { row: number; action: string; name: string; changes?: FieldChange[] }[];
  errors?: { row: number; code: string; field?: string; name?: string }[];
  job?: number | null;
  batch?: number | null;
  created_at?: string;
}

export interface Role {
  id: number;
  key: string;
  name: string;
  built_in?: boolean;
  users?: number;
  definition: {
    types: Record<string, Record<string, string[]>>;
    functions: string[];
    field_classes?: string[];
  };
}

export interface UserSession {
  id: number | string;
  created_at: string;
  last_seen_at?: string;
  user_agent?: string;
  remote?: string;
  current?: boolean;
}

export interface ApiKey {
  id: number;
  name: string;
  scopes?: string[];
  created_at?: string;
  expires_at?: string | null;
  last_used_at?: string | null;
  token?: string;
}

export interface AccessEntry {
  id: number;
  at: string;
  user?: number;
  action: string;
  record_type?: string;
  ids?: number[];
  count?: number;
  route?: string;
  // What was asked: a filter without its values, or the part that was looked at.
  query_shape?: string;
  purpose?: string;
  remote?: string;
}

export interface ServerEvent {
  id: number;
  kind:
    | "changed"
    | "created"
    | "archived"
    | "gone"
    | "job"
    | "personal"
    | "dictionary"
    | "gap"
    | string;
  type?: string;
  record?: number;
  version?: number;
  by?: number;
  job?: Job;
}

// Month and week are calendars.
export type Presentation = "table" | "board" | "month" | "week";

export interface ViewDefinition {
  filter: string;
  sort: string;
  group_by: string;
  sum: string;
  density: "" | "comfortable" | "compact";
  presentation: Presentation;
  columns: { path: string; width?: number }[];
}

export interface SavedView {
  id: number;
  version: number;
  record_type: string;
  name: string;
  owner: Ref;
  visible_for: "me" | "groups" | "everyone";
  groups: number[];
  definition: ViewDefinition;
  // What is left of it when fields that are gone are taken out.
  opens_with: ViewDefinition;
  problems: { where: string; path: string; code: string }[];
  is_editable: boolean;
  pinned: boolean;
  position: number | null;
  is_default: boolean;
  is_standard: boolean;
}

export interface AggregateGroup {
  keys: { value: unknown; label: string | null }[];
  values: unknown[];
  count: number;
  // Which of the list's records these are; null when no filter can say it.
  filter: string | null;
}

export interface AggregateAnswer {
  groups: AggregateGroup[];
  truncated: boolean;
  total: { count: number; values: unknown[] };
}
