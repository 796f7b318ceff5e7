// SPDX-License-Identifier: Apache-2.0
// Create a record of any type. The most important fields first, the rest on demand.
import { useLingui } from "@lingui/react/macro";
import { Button, Select, Skeleton } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, Suspense, useCallback, useState } from "react";
import { ApiError, api } from "../api/client";
import { query_client, refresh_record } from "../api/queries";
import type { FieldMeta, Row, TypeMeta } from "../api/types";
import { useDraft } from "../base/drafts";
import { Modal } from "../kit/dialog";
import type { Creating } from "./commands";
import classes from "./create_dialog.module.css";
import { type SuggestingProps, type Suggestion, suggesting_input } from "./create_suggestions";
import { type CreateWarningProps, create_warning, DUPLICATE_SUSPECTED } from "./create_warnings";
import { type Dictionary, useDictionary } from "./dictionary";
import { field_errors } from "./error_text";
import { type EntryHintProps, field_hints } from "./field_hints";
import { FieldInput } from "./fields/field";
import { is_empty, same_value, to_wire } from "./fields/field_parts";
import { type PageLayout, standard_layout } from "./layout/layout_parts";
import { guess_unshown, page_layouts_query, usePageLayout } from "./layout/use_page_layout";
import { useSectionTitle } from "./layout/use_section_title";
import { useErrorText, useTranslate } from "./use_translate";

const SHORT_FORM_FIELDS = 8;

// In the order of the page. What the layout keeps off the page is not asked for either, unless it
// must be filled in.
export function writable_fields(
  type: TypeMeta,
  layout: PageLayout = standard_layout(type),
): FieldMeta[] {
  const order = layout.sections.flatMap((section) => section.fields.map((field) => field.name));
  const place = (field: FieldMeta) => {
    const index = order.indexOf(field.name);
    return index < 0 ? order.length : index;
  };
  return type.fields
    .filter((field) => !field.read_only && !field.computed && !field.hidden)
    .filter((field) => field.required || !layout.hidden.includes(field.name))
    .sort((left, right) => place(left) - place(right));
}

// Those of the fields that the rules let be asked for, with the values as they are now.
function shown_fields(fields: FieldMeta[], layout: PageLayout, values: Values): FieldMeta[] {
  const off = guess_unshown(layout, values);
  const away = new Set([
    ...off.fields,
    ...layout.sections
      .filter((section) => off.sections.includes(section.key))
      .flatMap((section) => section.fields.map((field) => field.name)),
  ]);
  return fields.filter(
    (field) => field.required || !away.has(field.name) || !is_empty(values[field.name]),
  );
}

// Beforehand, so that the fields do not change places under the hand.
export function fetch_layouts() {
  void query_client.prefetchQuery(page_layouts_query);
}

function creatable_types(dictionary: Dictionary) {
  return dictionary.meta.types.filter(
    (type) => !type.system && dictionary.can(type.name, "create"),
  );
}

export default function CreateDialog({
  type: wanted,
  initial,
  close,
}: Creating & { close: () => void }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const types = creatable_types(dictionary);
  const [name, set_name] = useState(
    types.some((type) => type.name === wanted) ? wanted : types[0]?.name,
  );
  const type = dictionary.type(name ?? "");
  if (!type) return null;
  return (
    <Modal
      opened
      onClose={close}
      size={640}
      title={`${t`New`}: ${dictionary.text(type.label, type.name)}`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {!wanted && (
        <Select
          label={t`What`}
          mb={12}
          allowDeselect={false}
          data={types.map((entry) => ({
            value: entry.name,
            label: dictionary.text(entry.label, entry.name),
          }))}
          value={type.name}
          onChange={(next) => set_name(next ?? undefined)}
        />
      )}
      <CreateForm key={type.name} type={type} initial={initial} close={close} />
    </Modal>
  );
}

type Values = Record<string, unknown>;

interface FormProps {
  type: TypeMeta;
  initial: Partial<Row> | undefined;
  close: () => void;
}

function useCreateDraft(type: TypeMeta, initial: Partial<Row> | undefined) {
  const { me } = useDictionary();
  const [given] = useState<Values>(() => ({ ...initial }));
  // What is linked from somewhere else begins anew: it is about that record.
  const place = initial ? `${type.name}.${JSON.stringify(initial)}` : type.name;
  const nothing_more = useCallback(
    (now: Values) =>
      Object.entries(now).every(([key, value]) => is_empty(value) || value === given[key]),
    [given],
  );
  return useDraft(`${me.id}.create.${place}`, given, nothing_more);
}

// What is asked for, in the order of the record's page.
function useFormFields(type: TypeMeta, values: Values) {
  const layout = usePageLayout(type) ?? standard_layout(type);
  const title_of = useSectionTitle();
  const fields = shown_fields(writable_fields(type, layout), layout, values);
  // Above the first field of a section stands its name, where there are several.
  const head_of = (name: string) => {
    const section = layout.sections.find((one) => first_of(one.fields, fields) === name);
    return section && layout.sections.length > 1 ? title_of(section) : "";
  };
  return { fields, short: short_form(fields, values), head_of };
}

function CreateForm({ type, initial, close }: FormProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const translate = useTranslate();
  const draft = useCreateDraft(type, initial);
  const values = draft.value;
  const [all, set_all] = useState(false);
  // A late input leaves the keyboard to who types already; focus alone says nothing of that.
  const [entered, set_entered] = useState(false);
  const enter = () => set_entered(true);
  const [filled, set_filled] = useState<Suggestion | null>(null);
  const is_filled = (field: string) =>
    !!filled && !is_empty(filled.values[field]) && same_value(values[field], filled.values[field]);
  const { fields, short, head_of } = useFormFields(type, values);
  const open_record = (id: number) => {
    close();
    void navigate({ to: "/$plural/$id", params: { plural: type.plural, id: String(id) } });
  };
  const use = (id: number) => {
    draft.forget();
    open_record(id);
  };
  const save = useMutation({
    mutationFn: async (query: string) => {
      const given = Object.entries(values).filter(([, value]) => !is_empty(value));
      if (filled && given.some(([key]) => is_filled(key))) {
        const left_out = Object.keys(filled.values).filter((key) => is_empty(values[key]));
        return filled.save(wire(given.filter(([key]) => !is_filled(key))), left_out, query);
      }
      return (await api.post<Row>(`/${type.plural}${query}`, wire(given))).id;
    },
    onSuccess: (id) => {
      refresh_record(type.plural);
      use(id);
    },
  });
  const fill = (suggestion: Suggestion) => {
    set_filled(suggestion);
    draft.set((old) => {
      // What an earlier suggestion had put there goes with it.
      const kept = Object.entries(old).filter(([key]) => !is_filled(key));
      return { ...Object.fromEntries(kept), ...suggestion.values };
    });
  };
  const errors = field_errors(save.error, translate);
  const put = (other: Values) => draft.set((old) => ({ ...old, ...other }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate("");
  };
  return (
    <form onSubmit={submit} onInput={enter} onKeyDown={enter} onPointerDown={enter} noValidate>
      {draft.restored && (
        <p className={classes.restored}>
          {t`This is what you had typed.`}
          <button type="button" className="plain" onClick={draft.forget}>
            {t`Start over`}
          </button>
        </p>
      )}
      <div className={classes.grid}>
        {(all ? fields : short).map((field, index) => (
          <FormCell
            key={field.name}
            field={field}
            heading={all ? head_of(field.name) : ""}
            source={is_filled(field.name) ? filled?.source : undefined}
          >
            <CreateInput
              type={type.name}
              field={field}
              label={dictionary.text(field.label, field.name)}
              value={values[field.name]}
              required={!!field.required}
              error={errors[field.name]}
              autofocus={index === 0 && !entered}
              on_change={(value) => draft.set((old) => ({ ...old, [field.name]: value }))}
              values={values}
              fill={fill}
              open_record={open_record}
            />
            <FieldHint type={type} field={field.name} values={values} fix={put} />
          </FormCell>
        ))}
      </div>
      <SaveProblem
        type={type}
        values={values}
        refused={save.error}
        use={use}
        create_anyway={() => save.mutate("?duplicates=allow")}
        busy={save.isPending}
      />
      <div className={classes.actions}>
        {short.length < fields.length && (
          <Button variant="subtle" color="gray" onClick={() => set_all(!all)}>
            {all ? t`Fewer fields` : t`All fields`}
          </Button>
        )}
        <Button
          variant="default"
          ml="auto"
          onClick={() => {
            draft.forget();
            close();
          }}
        >
          {t`Cancel`}
        </Button>
        <Button type="submit" loading={save.isPending}>
          {t`Create`}
        </Button>
      </div>
    </form>
  );
}

interface CellProps {
  field: FieldMeta;
  // Of the section that begins here.
  heading: string;
  // Where the value was taken from.
  source: ReactNode;
  children: ReactNode;
}

function FormCell({ field, heading, source, children }: CellProps) {
  return (
    <>
      {heading && <h3 className={classes.section}>{heading}</h3>}
      <div className={is_wide(field) ? classes.wide : undefined}>
        {children}
        {source && <p className={classes.source}>{source}</p>}
      </div>
    </>
  );
}

// The first field of a section that the form asks for.
function first_of(placed: { name: string }[], fields: FieldMeta[]): string | undefined {
  return placed.find(({ name }) => fields.some((field) => field.name === name))?.name;
}

// The first ones, what must be said, and what was.
function short_form(fields: FieldMeta[], values: Values): FieldMeta[] {
  const first = fields.filter((field) => field.kind !== "boolean").slice(0, SHORT_FORM_FIELDS);
  return fields.filter(
    (field) => first.includes(field) || field.required || !is_empty(values[field.name]),
  );
}

// What is there already, and why the record could not be made.
function SaveProblem(props: CreateWarningProps) {
  const error_text = useErrorText();
  const { refused, values } = props;
  const Warning = create_warning();
  const suspected = refused instanceof ApiError && refused.code === DUPLICATE_SUSPECTED;
  return (
    <>
      {Warning && (
        <Suspense>
          <Warning
            {...props}
            values={wire(Object.entries(values).filter(([, value]) => !is_empty(value)))}
            refused={suspected ? refused : null}
          />
        </Suspense>
      )}
      {refused != null && !(Warning && suspected) && (
        <p role="alert" className={classes.error}>
          {error_text(refused)}
        </p>
      )}
    </>
  );
}

// What there is to say about what has been typed.
function FieldHint(props: EntryHintProps) {
  const Hint = field_hints().entry;
  return <Suspense>{Hint && <Hint {...props} />}</Suspense>;
}

const wire = (entries: [string, unknown][]) =>
  Object.fromEntries(entries.map(([key, value]) => [key, to_wire(value)]));

function CreateInput({ type, ...props }: SuggestingProps & { type: string }) {
  const Suggesting = suggesting_input(type, props.field.name);
  if (!Suggesting) return <FieldInput {...props} />;
  return (
    <Suspense fallback={<Skeleton height={34} radius={6} />}>
      <Suggesting {...props} />
    </Suspense>
  );
}

function is_wide(field: FieldMeta): boolean {
  return (
    ["long_text", "rich_text", "address", "file"].includes(field.kind) || field.name === "name"
  );
}
