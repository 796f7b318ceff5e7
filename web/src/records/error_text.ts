// SPDX-License-Identifier: Apache-2.0
// The server sends stable codes; the words for people are here, each saying what to do.
import type { MessageDescriptor } from "@lingui/core";
import { msg } from "@lingui/core/macro";
import { ApiError, type FieldProblem, UNREACHABLE } from "../api/client";

type Translate = (message: MessageDescriptor) => string;

const WHOLE: Record<string, MessageDescriptor> = {
  [UNREACHABLE]: msg`The server cannot be reached. Check the connection and try again.`,
  "access/wrong_credentials": msg`E-mail or password is wrong.`,
  "access/sign_in_refused": msg`E-mail or password is wrong.`,
  "access/throttled": msg`Too many attempts. Wait a few minutes and try again.`,
  "access/totp_wrong": msg`The code is wrong or too old. Enter the newest one.`,
  "access/password_wrong": msg`The present password is wrong.`,
  "access/password_weak": msg`Use at least 12 characters, and not one of the common passwords.`,
  "access/link_invalid": msg`The link has been used or is too old. Ask for a new one.`,
  "access/role_exists": msg`There is already a role with that key.`,
  "access/role_fixed": msg`This role belongs to the program and cannot be changed.`,
  "access/role_in_use": msg`The role is in use. Take it from its users first.`,
  "access/last_administrator": msg`Someone must stay administrator.`,
  "access/group_in_use": msg`Users have this group as their primary one. Move them first.`,
  "diary/invalid_recurrence": msg`This rule of repeating cannot be used.`,
  "notifications/too_many_watches": msg`You watch too many records. Stop watching some first.`,
  "dashboards/nothing_to_undo": msg`There is nothing to undo.`,
  "dashboards/stale": msg`Someone else changed this meanwhile.`,
  "reports/stale": msg`Someone else changed this meanwhile.`,
  "reports/too_often": msg`Too many attempts. Wait a few minutes and try again.`,
  "selections/cycle": msg`A selection cannot be made of itself.`,
  "imports/empty_file": msg`The file is empty.`,
  "imports/unreadable_file": msg`The file cannot be read as a table. Save it as CSV and try again.`,
  "imports/too_large": msg`The file is too large.`,
  "imports/damaged_file": msg`The file is damaged or cut off. Download it again.`,
  "imports/no_rows": msg`There is no row in the file.`,
  "imports/unknown_archive": msg`An archive, but no workbook. Unpack it and choose the file in it.`,
  "imports/old_spreadsheet": msg`An old or protected workbook. Save it as XLSX without a password.`,
  "imports/bad_header": msg`The row that names the columns cannot be read. Choose another one.`,
  "imports/nothing_decided": msg`Nothing has been decided yet.`,
  "imports/too_many_remembered": msg`Too many mappings are kept. Remove some first.`,
  "imports/wrong_status": msg`That is not possible in this state of the import.`,
  "registers/not_found": msg`It does not exist, or you may not see it.`,
  "registers/loading": msg`A file of this register is being loaded already. Wait until it is done.`,
  "registers/missing_column": msg`The file is not one of this register: a column is missing.`,
  "registers/unreadable_file": msg`The file cannot be unpacked. Download it again.`,
  "registers/damaged_file": msg`The file is damaged or cut off. Download it again.`,
  "registers/empty_file": msg`The file is empty.`,
  "registers/no_entries": msg`The file holds no entry that could be read.`,
  "registers/cancelled": msg`Cancelled`,
  "settings/invalid": msg`Some fields need your attention.`,
  "files/empty": msg`The file is empty.`,
  "files/too_large": msg`The file is too large.`,
  "net/too_large": msg`That is too large.`,
  "files/too_many_waiting": msg`Too many of your uploads are not in use yet. Wait a day.`,
  "files/full": msg`The server has no room left for files. Tell an administrator.`,
  "files/masked": msg`You may not see this`,
  "files/not_found": msg`It does not exist, or you may not see it.`,
  "files/unreadable": msg`The file is missing on the server. Tell an administrator.`,
  "records/not_unique": msg`Already in use`,
  "criteria/masked_field": msg`The filter uses a field that you may not see.`,
  "criteria/masked_value": msg`The filter holds values that you may not see.`,
  "criteria/too_complex": msg`The filter is too long.`,
  "access/totp_required": msg`Enter the six digits from your authenticator app.`,
  "access/locked": msg`Too many attempts. Wait a few minutes and try again.`,
  "access/forbidden": msg`You do not have the right to do this. Ask an administrator.`,
  "records/stale": msg`Someone else changed this meanwhile.`,
  "records/not_found": msg`It does not exist, or you may not see it.`,
  "criteria/syntax": msg`The filter cannot be read. Check quotes and parentheses.`,
  "criteria/unknown_field": msg`The filter names a field that does not exist.`,
  "criteria/wrong_operator": msg`That comparison does not fit the field.`,
  "criteria/wrong_value": msg`That value does not fit the field.`,
};

const BY_STATUS: Record<number, MessageDescriptor> = {
  400: msg`The server did not understand the request.`,
  401: msg`You are signed out. Sign in again.`,
  403: msg`You do not have the right to do this. Ask an administrator.`,
  404: msg`It does not exist, or you may not see it.`,
  409: msg`This collides with something that already exists.`,
  412: msg`Someone else changed this meanwhile.`,
  413: msg`That is too large.`,
  422: msg`Some fields need your attention.`,
  429: msg`Too many requests. Wait a moment and try again.`,
  503: msg`The server is busy. Try again in a moment.`,
};

const BY_FIELD: Record<string, MessageDescriptor> = {
  required: msg`Must be filled in`,
  no_such_file: msg`The upload is gone. Choose the file again.`,
  too_long: msg`Too long`,
  too_short: msg`Too short`,
  bad_format: msg`This cannot be read`,
  bad_email: msg`Not an e-mail address`,
  bad_phone: msg`Not a phone number`,
  bad_url: msg`Not a web address`,
  bad_number: msg`Not a number`,
  bad_date: msg`Not a date`,
  not_an_email: msg`Not an e-mail address`,
  not_a_phone: msg`Not a phone number`,
  not_a_url: msg`Not a web address`,
  not_a_number: msg`Not a number`,
  too_many_decimals: msg`Too many decimals`,
  not_a_date: msg`Not a date`,
  not_an_instant: msg`Not a date`,
  in_the_future: msg`Lies in the future`,
  direction_control: msg`Holds a hidden character that turns the writing direction`,
  control_character: msg`Holds a hidden control character or a line break`,
  not_https: msg`Must begin with https://`,
  not_a_choice: msg`Not on the list`,
  retired: msg`No longer to be chosen`,
  above_itself: msg`Would stand above itself`,
  same_record: msg`That is this record itself`,
  not_a_country: msg`Not on the list`,
  not_a_language: msg`Not on the list`,
  not_a_currency: msg`Not a currency: three letters, such as EUR`,
  without_rate: msg`No exchange rate on that day. An administrator can enter one.`,
  currency_without_rate: msg`No exchange rate on that day. An administrator can enter one.`,
  same_currency: msg`A currency needs no rate to itself`,
  unknown_time_zone: msg`Not on the list`,
  unknown_item: msg`Not on the list`,
  original_gone: msg`The file was taken in by an older version. Upload it again.`,
  not_found: msg`Does not exist`,
  duplicate: msg`Already in use`,
  taken: msg`Already in use`,
  exists: msg`Already in use`,
  not_unique: msg`Already in use`,
  not_an_identifier: msg`Only small letters a to z, digits and _`,
  no_such_record: msg`Does not exist`,
  ambiguous_match: msg`Several have this name`,
  currencies_differ: msg`The amount names another currency`,
  amount_not_mapped: msg`A currency needs its amount`,
  no_such_time: msg`The clocks leap over this time`,
  wrong: msg`This cannot be read`,
  invalid: msg`This cannot be read`,
  not_writable: msg`Cannot be changed`,
  masked: msg`You may not see this`,
  read_only: msg`Cannot be changed`,
  out_of_range: msg`Too large or too small`,
  wrong_kind: msg`This field cannot be used like that`,
  unknown_field: msg`Does not exist`,
};

export function error_text(error: unknown, _: Translate): string {
  if (!(error instanceof ApiError)) return _(msg`Something went wrong in this page. Reload it.`);
  const message = WHOLE[error.code] ?? BY_STATUS[error.status];
  if (message) return _(message);
  const call = error.call ? ` (${error.call})` : "";
  return _(msg`Something went wrong on the server. Try again.`) + call;
}

export function field_problem_text(problem: FieldProblem, _: Translate): string {
  if (problem.code === "records/forbidden") return _(msg`You may not change this`);
  const short = problem.code.split("/").at(-1) ?? problem.code;
  const message = WHOLE[problem.code] ?? BY_FIELD[short];
  return message ? _(message) : `${_(msg`Not accepted`)} (${short})`;
}

export function field_errors(error: unknown, _: Translate): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    error.errors.map((problem) => [problem.field, field_problem_text(problem, _)]),
  );
}
