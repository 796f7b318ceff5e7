// SPDX-License-Identifier: Apache-2.0
// One field of a record: shown, and edited where it stands. Click or Enter edits, Enter or leaving
// saves, Esc takes it back.
import { useLingui } from "@lingui/react/macro";
import { Loader } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { type FocusEvent, type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";
import type { FieldMeta, Row, TypeMeta } from "../../api/types";
import { useDictionary } from "../dictionary";
import { field_hints } from "../field_hints";
import { FieldInput, FieldView } from "../fields/field";
import { is_empty, same_value } from "../fields/field_parts";
import { MaskedValue } from "./masked_value";
import classes from "./record_sections.module.css";
import { useSaveField } from "./use_save_field";

const ConflictDialog = lazy(() => import("./conflict_dialog"));

interface Props {
  type: TypeMeta;
  field: FieldMeta;
  record: Row;
  editable: boolean;
}

const MULTILINE = ["long_text", "rich_text"];
// Where two columns stand beside each other, these take both.
const is_wide = (field: FieldMeta) =>
  [...MULTILINE, "address", "file"].includes(field.kind) || undefined;

export function InlineField(props: Props) {
  const { t } = useLingui();
  const { text } = useDictionary();
  const { field, record, editable } = props;
  const [editing, set_editing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const label = text(field.label, field.name);
  const masked = record.masked?.includes(field.name);
  const value = record[field.name];
  if (editing) {
    const done = () => {
      set_editing(false);
      requestAnimationFrame(() => button.current?.focus());
    };
    return <FieldEditor {...props} label={label} done={done} />;
  }
  const { stored: Hint, origin: Origin } = field_hints();
  const shown = (given: unknown) => (
    <FieldView field={field} value={given} record={{ plural: props.type.plural, id: record.id }} />
  );
  return (
    <div className={classes.field} data-wide={is_wide(field)}>
      <span className={classes.label}>
        {Origin && !masked && !is_empty(value) ? (
          <Suspense fallback={label}>
            <Origin type={props.type} record={record} field={field.name} label={label} />
          </Suspense>
        ) : (
          label
        )}
      </span>
      <div className={classes.value} data-editable={editable && !masked ? true : undefined}>
        {editable && !masked && (
          <button
            ref={button}
            type="button"
            className={classes.edit}
            aria-label={t`Edit ${label}`}
            onClick={() => set_editing(true)}
          >
            <IconPencil size={14} stroke={1.7} aria-hidden />
          </button>
        )}
        <span className={classes.content}>
          {masked ? (
            <MaskedValue type={props.type} id={record.id} field={field.name} label={label}>
              {shown}
            </MaskedValue>
          ) : is_empty(value) ? (
            <span className={classes.empty}>–</span>
          ) : (
            shown(value)
          )}
        </span>
      </div>
      {Hint && !masked && (
        <Suspense>
          <Hint type={props.type} record={record} field={field.name} />
        </Suspense>
      )}
    </div>
  );
}

function FieldEditor({
  type,
  field,
  record,
  label,
  done,
}: Props & { label: string; done: () => void }) {
  const { t } = useLingui();
  const [draft, set_draft] = useState(record[field.name]);
  // A live update may replace the record while one types; the edit belongs to what was seen then.
  const [seen] = useState(record);
  const save = useSaveField(type, seen, done);
  const frame = useRef<HTMLDivElement>(null);
  const commit = (value: unknown) => {
    if (save.busy) return;
    if (same_value(value, seen[field.name])) done();
    else save.run({ [field.name]: value });
  };
  // A suggestion may concern other fields as well; those are saved with this one.
  const put_right = (values: Record<string, unknown>) => {
    const { [field.name]: own = draft, ...others } = values;
    set_draft(own);
    if (Object.keys(others).length) save.run({ [field.name]: own, ...others });
  };
  const Hint = field_hints().entry;
  const on_key = (event: KeyboardEvent) => {
    const multiline = MULTILINE.includes(field.kind);
    if (event.key === "Escape") {
      event.stopPropagation();
      done();
    } else if (event.key === "Enter" && !event.defaultPrevented) {
      if (multiline && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      commit(draft);
    }
  };
  const on_blur = (event: FocusEvent) => {
    const next = event.relatedTarget as HTMLElement | null;
    // Pickers open outside of the field; going there is not leaving.
    if (!next || frame.current?.contains(next) || next.closest("[data-portal]")) return;
    commit(draft);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for keys of the input inside
    <div
      ref={frame}
      className={classes.field}
      data-wide={is_wide(field)}
      onKeyDown={on_key}
      onBlur={on_blur}
    >
      <span className={classes.label}>{label}</span>
      <div className={classes.editor}>
        <FieldInput
          field={{ ...field, name: label }}
          value={draft}
          autofocus
          error={save.errors[field.name] ?? save.message}
          on_change={set_draft}
          on_done={commit}
        />
        {Hint && (
          <Suspense>
            <Hint
              type={type}
              field={field.name}
              values={{ [field.name]: draft }}
              id={record.id}
              fix={put_right}
            />
          </Suspense>
        )}
        <p className={classes.hint}>
          {save.busy ? (
            <span className="row">
              <Loader size={12} /> {t`Saving`}
            </span>
          ) : MULTILINE.includes(field.kind) ? (
            t`Ctrl Enter saves, Esc cancels`
          ) : (
            t`Enter saves, Esc cancels`
          )}
        </p>
      </div>
      <Suspense>
        {save.conflict && (
          <ConflictDialog
            type={type}
            field={field}
            mine={draft}
            theirs={save.conflict}
            keep_mine={() => save.run({ [field.name]: draft }, save.conflict?.version)}
            take_theirs={save.take_theirs}
          />
        )}
      </Suspense>
    </div>
  );
}
