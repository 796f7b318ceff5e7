// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ApiError, type FieldProblem } from "../../api/client";
import { field_problem_text } from "../../records/error_text";
import { useErrorText, useTranslate } from "../../records/use_translate";

// Kinds of connectors, in the order of the page.
export function useKindWords(): { word: (kind: string) => string; order: string[] } {
  const { t } = useLingui();
  const words: Record<string, string> = {
    register: t`Registers and checks of companies`,
    check: t`Checks of values`,
    mail: t`E-mail`,
    tile: t`Dashboards`,
    other: t`Other`,
  };
  return { word: (kind) => words[kind] ?? words.other!, order: Object.keys(words) };
}

// The most personal thing that leaves.
export function useDataWords(): (data_class: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    identity: t`names of persons`,
    contact: t`contact details of persons`,
    content: t`what is written about persons`,
    behaviour: t`what persons did`,
    national_id: t`personal identity numbers`,
    special: t`sensitive data of persons`,
  };
  return (data_class) => words[data_class] ?? data_class;
}

// Why a call brought no answer, of the word behind the slash of its code.
export function useFailureWords(): (failure: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    switched_off: t`It is switched off.`,
    secrets_lost: t`Its passwords and keys cannot be read any more. Enter them again.`,
    busy: t`Too many calls wait for it. Try again later.`,
    sign_in_refused: t`It does not accept the name and the key.`,
    bad_request: t`The address or a setting cannot be sent.`,
    host_refused: t`It leads to a host that is not on the list.`,
    scheme_refused: t`It must be called with https.`,
    address_refused: t`The address is inside the house, and the operator has not allowed it.`,
    unknown_host: t`There is no such host.`,
    not_connected: t`No connection could be made.`,
    timeout: t`It did not answer in time.`,
    tls: t`Its certificate is not trusted.`,
    too_large: t`The answer was too large.`,
    too_many_redirects: t`It leads from one address to the next.`,
    broken: t`The answer cannot be read.`,
    stopped: t`It was stopped.`,
  };
  return (failure) => words[failure] ?? failure;
}

// What came of a call, in words: of the code and parameters of a refusal.
export function useOutcomeText(): (code: string, params: Record<string, unknown>) => string {
  const { t } = useLingui();
  const failure_word = useFailureWords();
  return (code, params) => {
    const status = String(params.status ?? "");
    if (code !== "connect/status") return failure_word(code.split("/").at(-1) ?? code);
    if (status === "401" || status === "403") return t`It does not accept the name and the key.`;
    return t`It answered with status ${status}.`;
  };
}

// What is wrong with a setting; `name` is as the server calls it: "fields.key", "hosts.2".
export function useSettingProblems(): (error: unknown) => Record<string, string> {
  const { t } = useLingui();
  const translate = useTranslate();
  const words: Record<string, string> = {
    not_a_host: t`Not a host, such as api.example.org`,
    not_changeable: t`Cannot be changed`,
    too_many: t`Too many`,
  };
  const text = (problem: FieldProblem) =>
    words[problem.code] ?? field_problem_text(problem, translate);
  return (error) => {
    if (!(error instanceof ApiError)) return {};
    return Object.fromEntries(
      error.errors.map((problem) => [
        problem.field.replace(/^hosts\.\d+$/, "hosts"),
        text(problem),
      ]),
    );
  };
}

// Of a whole refusal.
export function useRefusalText(): (error: unknown) => string {
  const error_text = useErrorText();
  const outcome_text = useOutcomeText();
  return (error) =>
    error instanceof ApiError && error.code.startsWith("connect/") && !error.errors.length
      ? outcome_text(error.code, error.params)
      : error_text(error);
}
