// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, Textarea } from "@mantine/core";
import {
  IconCalendarEvent,
  IconCheckbox,
  IconNote,
  IconPaperclip,
  IconPhone,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type KeyboardEvent, useRef, useState } from "react";
import { api } from "../../api/client";
import { refresh_record } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { useDraft } from "../../base/drafts";
import { useDictionary } from "../dictionary";
import { FieldInput } from "../fields/field";
import { useFileDrop } from "../files/page_drop";
import { useErrorText } from "../use_translate";
import classes from "./timeline_tab.module.css";

type Kind = "note" | "call" | "meeting" | "task";
const TITLE_MAX = 120;

// The first line is the title, what follows the description.
export function split_text(text: string): { name: string; description: string | null } {
  const [first = "", ...rest] = text.trim().split("\n");
  const name = first.length > TITLE_MAX ? `${first.slice(0, TITLE_MAX - 1)}…` : first;
  const more = first.length > TITLE_MAX ? text.trim() : rest.join("\n").trim();
  return { name, description: more || null };
}

const is_blank = (text: string) => !text.trim();

export function Composer({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const [kind, set_kind] = useState<Kind>("note");
  const draft = useDraft<string>(
    `${dictionary.me.id}.note.${type.name}.${record.id}`,
    "",
    is_blank,
  );
  const text = draft.value;
  const [when, set_when] = useState<unknown>(null);
  const activity = dictionary.type("activity");
  const link = activity?.fields.find(
    (field) => field.target === type.name && field.kind === "link",
  );
  const save = useMutation({
    mutationFn: () => {
      const company = record.company as { id: number } | null | undefined;
      const also = type.name === "person" && company ? { company: company.id } : {};
      const at =
        kind === "task" ? { due_on: when } : { starts_at: when ?? new Date().toISOString() };
      const status = kind === "note" || kind === "call" ? { status: "done" } : {};
      return api.post("/activities", {
        ...split_text(text),
        kind,
        ...also,
        ...at,
        ...status,
        [link!.name]: record.id,
      });
    },
    onSuccess: () => {
      draft.forget();
      set_when(null);
      refresh_record(type.plural, record.id);
      refresh_record("activities");
    },
  });
  if (!activity || !link || !dictionary.can("activity", "create")) return null;
  const kinds = [
    { kind: "note", label: t`Note`, icon: IconNote },
    { kind: "call", label: t`Call`, icon: IconPhone },
    { kind: "meeting", label: t`Meeting`, icon: IconCalendarEvent },
    { kind: "task", label: t`Task`, icon: IconCheckbox },
  ] as const;
  const when_field = dictionary.field(activity, kind === "task" ? "due_on" : "starts_at");
  const submit = () => text.trim() && save.mutate();
  const on_key = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit();
  };
  return (
    <div className={classes.composer}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a visible legend */}
      <div className={classes.kinds} role="group" aria-label={t`Kind`}>
        {kinds.map(({ kind: key, label, icon: Icon }) => (
          <button
            key={key}
            type="button"
            className={classes.kind}
            aria-pressed={kind === key}
            onClick={() => {
              set_kind(key);
              set_when(null);
            }}
          >
            <Icon size={15} stroke={1.7} aria-hidden />
            {label}
          </button>
        ))}
        <AttachButton />
      </div>
      <Textarea
        variant="unstyled"
        classNames={{ input: classes.input }}
        aria-label={t`What happened, or what is planned?`}
        placeholder={t`What happened, or what is planned?`}
        minRows={text ? 3 : 1}
        maxRows={12}
        value={text}
        onChange={(event) => {
          const { value } = event.currentTarget;
          draft.set(() => value);
        }}
        onKeyDown={on_key}
      />
      {save.error && (
        <p className={classes.error} role="alert">
          {error_text(save.error)}
        </p>
      )}
      {(text || when !== null) && (
        <div className={classes.more}>
          {when_field && (kind === "meeting" || kind === "task") && (
            <div style={{ width: 210 }}>
              <FieldInput
                field={when_field}
                label={dictionary.text(when_field.label)}
                value={when}
                on_change={set_when}
              />
            </div>
          )}
          <Button ml="auto" loading={save.isPending} disabled={!text.trim()} onClick={submit}>
            {t`Save`}
          </Button>
        </div>
      )}
    </div>
  );
}

// Files become documents of the record at once, with a name that can be changed there.
function AttachButton() {
  const { t } = useLingui();
  const drop = useFileDrop();
  const input = useRef<HTMLInputElement>(null);
  const attach = drop?.attach;
  if (!attach) return null;
  return (
    <>
      <button type="button" className={classes.kind} onClick={() => input.current?.click()}>
        <IconPaperclip size={15} stroke={1.7} aria-hidden />
        {t`File`}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        aria-label={t`File`}
        onChange={(event) => {
          attach([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
