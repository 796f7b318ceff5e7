// SPDX-License-Identifier: Apache-2.0
// A new selection: what of, which kind, and where it starts.
import { useLingui } from "@lingui/react/macro";
import { Button, Select, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client";
import type { TypeMeta } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { useDictionary } from "../../records/dictionary";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { type Combination, CombinePicker } from "./combine_picker";
import { CriteriaBuilder } from "./criteria_builder";
import { refresh_selection, type Selection, type SelectionKind } from "./selection_queries";
import { KINDS, KindIcon } from "./selection_words";
import classes from "./selections.module.css";
import { typical_searches } from "./typical_searches";

interface Props {
  close: () => void;
  types: TypeMeta[];
  title?: string;
  initial?: { type?: TypeMeta | undefined; filter?: string | undefined; kind?: SelectionKind };
}

const ORDER: SelectionKind[] = ["dynamic", "static", "combined"];

export function CreateForm({ close, types, title, initial = {} }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const error_text = useErrorText();
  const [name, set_name] = useState("");
  const [type, set_type] = useState(initial.type ?? types[0]!);
  const [kind, set_kind] = useState<SelectionKind>(initial.kind ?? "dynamic");
  const [filter, set_filter] = useState(initial.filter ?? "");
  const [combine, set_combine] = useState<Combination>({
    operation: "both",
    first: null,
    second: null,
  });
  const create = useMutation({
    mutationFn: () =>
      api.post<Selection>("/selections", {
        name,
        record_type: type.name,
        kind,
        ...(kind === "dynamic" ? { filter } : {}),
        ...(kind === "combined" ? { combine } : {}),
      }),
    onSuccess: (made) => {
      refresh_selection(made.id);
      close();
      void navigate({ to: "/selections/$id", params: { id: String(made.id) } });
    },
  });
  const complete =
    name.trim() && (kind !== "combined" || (combine.first !== null && combine.second !== null));
  return (
    <Modal
      opened
      onClose={close}
      size={640}
      title={title ?? t`New selection`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form
        className="stack"
        style={{ gap: 16 }}
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) create.mutate();
        }}
      >
        <NameAndType
          {...{ name, set_name, type, types, fixed: !!initial.type }}
          set_type={(next) => {
            set_type(next);
            set_filter("");
          }}
        />
        <KindCards kind={kind} set_kind={set_kind} />
        {kind === "dynamic" && <DynamicStart {...{ type, filter, set_filter, name, set_name }} />}
        {kind === "combined" && <CombinePicker type={type} value={combine} change={set_combine} />}
        {create.error && (
          <p role="alert" className={classes.wrong}>
            {error_text(create.error)}
          </p>
        )}
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
          <Button type="submit" disabled={!complete} loading={create.isPending}>
            {t`Create`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface NameProps {
  name: string;
  set_name: (name: string) => void;
  type: TypeMeta;
  types: TypeMeta[];
  set_type: (type: TypeMeta) => void;
  fixed: boolean;
}

function NameAndType({ name, set_name, type, types, set_type, fixed }: NameProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  return (
    <div className={classes.pair}>
      <TextInput
        label={t`Name`}
        required
        maxLength={200}
        value={name}
        data-autofocus
        onChange={(event) => set_name(event.currentTarget.value)}
      />
      <Select
        label={t`Selection of`}
        allowDeselect={false}
        disabled={fixed}
        data={types.map((entry) => ({
          value: entry.name,
          label: dictionary.text(entry.label_plural, entry.plural),
        }))}
        value={type.name}
        onChange={(next) => {
          const found = types.find((entry) => entry.name === next);
          if (found) set_type(found);
        }}
      />
    </div>
  );
}

interface KindProps {
  kind: SelectionKind;
  set_kind: (kind: SelectionKind) => void;
}

function KindCards({ kind, set_kind }: KindProps) {
  const { t } = useLingui();
  const translate = useTranslate();
  return (
    <div role="radiogroup" aria-label={t`Kind`} className={classes.kinds}>
      {ORDER.map((entry) => (
        // biome-ignore lint/a11y/useSemanticElements: a card with words, not a small circle
        <button
          key={entry}
          type="button"
          role="radio"
          aria-checked={kind === entry}
          className={classes.kind}
          onClick={() => set_kind(entry)}
        >
          <span className="row">
            <KindIcon kind={entry} />
            <strong>{translate(KINDS[entry].label)}</strong>
          </span>
          <span className="small dim">{translate(KINDS[entry].text)}</span>
        </button>
      ))}
    </div>
  );
}

interface StartProps {
  type: TypeMeta;
  filter: string;
  set_filter: (filter: string) => void;
  name: string;
  set_name: (name: string) => void;
}

function DynamicStart({ type, filter, set_filter, name, set_name }: StartProps) {
  const { t } = useLingui();
  const translate = useTranslate();
  return (
    <>
      <section aria-label={t`Typical searches`}>
        <p className={classes.label}>{t`Start from a typical search`}</p>
        <div className={classes.typical}>
          {typical_searches(type).map((entry) => (
            <button
              key={entry.filter}
              type="button"
              className={classes.pill}
              aria-pressed={filter === entry.filter}
              onClick={() => {
                set_filter(entry.filter);
                if (!name.trim()) set_name(translate(entry.name));
              }}
            >
              {translate(entry.name)}
            </button>
          ))}
        </div>
      </section>
      <section>
        <p className={classes.label}>{t`Criteria`}</p>
        <CriteriaBuilder type={type} filter={filter} change={set_filter} />
      </section>
    </>
  );
}
