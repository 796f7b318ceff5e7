// SPDX-License-Identifier: Apache-2.0
// The sentences. The server sends what happened, and the name of the record as one may read it now.
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { money_text, number_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import { when_text } from "./days";
import type { Kind, Told } from "./types";

export function useKindNames(): Record<Kind, string> {
  const { t } = useLingui();
  return {
    reminder: t`Reminders of appointments`,
    task_due: t`Reminders of tasks`,
    invited: t`Invitations to appointments`,
    answered: t`Answers to my invitations`,
    moved: t`Appointments that move`,
    cancelled: t`Appointments that are cancelled`,
    assigned: t`Records that become mine`,
    changed: t`Changes of records that I watch`,
    job_done: t`My jobs that are finished`,
    job_failed: t`My jobs that failed`,
    alert: t`Numbers on dashboards that cross my values`,
    quality_weekly: t`The quality of my records, once a week`,
  };
}

function useJobName() {
  const { t } = useLingui();
  return (kind: string | undefined): string => {
    const names: Record<string, string> = {
      import: t`Import`,
      import_reversal: t`Reversal of an import`,
      bulk_edit: t`Bulk edit`,
      bulk_merge: t`Merge of records`,
      duplicate_scan: t`Search for duplicates`,
      register_load: t`Loading a register`,
      base_amounts: t`Amounts in the base currency`,
      quality_fix: t`Applying suggestions`,
      quality_scan: t`A look at the quality of all records`,
      selection_members: t`Change of a selection's members`,
      selection_follow_ups: t`Follow-ups for a selection`,
      undo: t`Undo`,
      undo_merges: t`Undo`,
      undo_selection_members: t`Undo`,
    };
    return names[kind ?? ""] ?? t`Job`;
  };
}

// Of appointments and tasks.
function useDiarySentences() {
  const { t } = useLingui();
  const reminder = (told: Told, name: string) => {
    const when = when_text(told.params);
    if (told.params.on) return t`${name}: ${when}`;
    const is_over = new Date(told.params.starts_at ?? 0).getTime() < Date.now();
    return is_over ? t`${name} began: ${when}` : t`${name} begins: ${when}`;
  };
  const answer = (told: Told, by: string, name: string) => {
    if (told.params.answer === "accepted") return t`${by} comes to ${name}`;
    if (told.params.answer === "declined") return t`${by} does not come to ${name}`;
    return t`${by} may come to ${name}`;
  };
  const move = (told: Told, by: string, name: string) => {
    const before = when_text(told.params.from ?? {});
    const after = when_text(told.params.to ?? {});
    if (!after || before === after) return t`${by} changed the time of ${name}`;
    return t`${by} moved ${name} to ${after}`;
  };
  return { reminder, answer, move };
}

// Of records that are one's own, or that one watches.
function useRecordSentences() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const field_names = (told: Told) => {
    const type = dictionary.type(told.record?.type ?? "");
    const names = (told.params.fields ?? []).flatMap((name) => {
      const field = type && dictionary.field(type, name);
      return field ? [dictionary.text(field.label, name)] : [];
    });
    return names.join(", ");
  };
  const change = (told: Told, by: string, name: string) => {
    if (told.params.change === "archived") return t`${by} archived ${name}`;
    if (told.params.change === "restored") return t`${by} restored ${name}`;
    const fields = field_names(told);
    return fields ? t`${by} changed ${name}: ${fields}` : t`${by} changed ${name}`;
  };
  const assignment = (told: Told, by: string, name: string) => {
    const count = told.params.count ?? 1;
    if (count < 2) return t`${by} made you responsible for ${name}`;
    const records = plural(count, { one: "# record", other: "# records" });
    return t`${by} made you responsible for ${records}`;
  };
  return { change, assignment };
}

// Of a number on a dashboard that crossed a value.
function useAlertSentence() {
  const { t } = useLingui();
  return ({ params }: Told) => {
    const { title = "", value = 0, number = 0, currency } = params;
    const shown = (amount: number) =>
      currency ? money_text({ amount: String(amount), currency }) : number_text(amount);
    const now = shown(number);
    const limit = shown(value);
    if (params.condition === "changes") {
      const percent = number_text(value);
      return t`${title} changed by ${percent} % or more and is now ${now}`;
    }
    if (params.condition === "below") return t`${title} fell below ${limit} and is now ${now}`;
    return t`${title} rose above ${limit} and is now ${now}`;
  };
}

// How good one's records are, and how that has changed in a week.
function useQualitySentence() {
  const { t } = useLingui();
  const step = (text = "0") => {
    const number = Number(text);
    return `${number > 0 ? "+" : number < 0 ? "−" : "±"}${number_text(Math.abs(number), 1)}`;
  };
  return ({ params }: Told) => {
    const findings = number_text(Number(params.findings ?? 0), 0);
    const score = number_text(Number(params.score ?? 0), 1);
    // Of findings it is a number; of a record what was done with it.
    const change = step(params.change);
    const score_change = step(params.score_change);
    return t`Data quality ${score} (${score_change}), ${findings} findings (${change} in a week)`;
  };
}

export function useSentence() {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const job_name = useJobName();
  const { reminder, answer, move } = useDiarySentences();
  const { change, assignment } = useRecordSentences();
  const alert = useAlertSentence();
  const quality = useQualitySentence();
  return (told: Told): string => {
    const type = dictionary.type(told.record?.type ?? "");
    const name = told.record?.title ?? dictionary.text(type?.label, t`Record`);
    const by = told.by?.name ?? t`Somebody`;
    const job = job_name(told.params.job_kind);
    const when = when_text(told.params.from ?? told.params);
    const sentences: Record<Kind, () => string> = {
      reminder: () => reminder(told, name),
      task_due: () => t`${name} is due: ${when}`,
      invited: () => t`${by} invites you to ${name}`,
      answered: () => answer(told, by, name),
      moved: () => move(told, by, name),
      cancelled: () => (when ? t`${by} cancelled ${name}: ${when}` : t`${by} cancelled ${name}`),
      assigned: () => assignment(told, by, name),
      changed: () => change(told, by, name),
      job_done: () => t`${job}: finished`,
      job_failed: () => t`${job}: failed`,
      alert: () => alert(told),
      quality_weekly: () => quality(told),
    };
    return (sentences[told.kind] ?? (() => name))();
  };
}
