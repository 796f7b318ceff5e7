// SPDX-License-Identifier: Apache-2.0
// A file dropped anywhere on the page of a record: a new version where the record is a document,
// else a document that is linked to the record. Shows what is on its way.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon } from "@mantine/core";
import { IconFileUpload, IconX } from "@tabler/icons-react";
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from "react";
import { api } from "../../api/client";
import { query_client, refresh_record } from "../../api/queries";
import type { FieldMeta, Ref, Row, StoredFile, TypeMeta } from "../../api/types";
import { type Dictionary, useDictionary } from "../dictionary";
import { has_files } from "./drop_area";
import { title_of } from "./file_kinds";
import classes from "./files.module.css";
import { UploadRow } from "./upload_row";
import { useUploads } from "./use_uploads";

const DONE_SHOWN_MS = 10_000;

interface FileDrop {
  // Makes documents of the files, linked to the record of the page.
  attach?: (files: File[]) => void;
  // Puts a file into the record's own field, as its newest version.
  replace?: (files: File[]) => void;
}

const FileDropContext = createContext<FileDrop | null>(null);
export const useFileDrop = () => useContext(FileDropContext);

export function file_fields_of(type: TypeMeta): FieldMeta[] {
  return type.fields.filter((field) => field.kind === "file" && !field.hidden);
}

// The field that the whole record is about: a document's file, but not a picture that somebody
// added to the persons.
export function main_file_field(type: TypeMeta): FieldMeta | undefined {
  return file_fields_of(type).find((field) => !field.custom || type.custom);
}

// How a document points at a record of this type; nothing when it cannot.
export function document_link(dictionary: Dictionary, type: TypeMeta): FieldMeta | undefined {
  const document = dictionary.type("document");
  if (!document || !dictionary.can("document", "create") || !main_file_field(document)) return;
  return document.fields.find((field) => field.kind === "link" && field.target === type.name);
}

interface Props {
  type: TypeMeta;
  record: Row;
  children: ReactNode;
}

export function PageDrop({ type, record, children }: Props) {
  const dictionary = useDictionary();
  const own = main_file_field(type);
  const editable = record.rights?.update ?? dictionary.can(type.name, "update");
  const masked = record.masked?.includes(own?.name ?? "");
  if (own && editable && !masked) {
    return (
      <ReplacingDrop type={type} record={record} field={own}>
        {children}
      </ReplacingDrop>
    );
  }
  const link = own ? undefined : document_link(dictionary, type);
  if (!link) return children;
  return (
    <AttachingDrop type={type} record={record} link={link}>
      {children}
    </AttachingDrop>
  );
}

function ReplacingDrop({ type, record, field, children }: Props & { field: FieldMeta }) {
  const { t } = useLingui();
  const finish = useCallback(
    async (stored: StoredFile) => {
      // Whatever else was changed meanwhile: the old file stays a version, so nothing is lost.
      const next = await api.patch<Row>(`/${type.plural}/${record.id}`, {
        [field.name]: stored.id,
      });
      query_client.setQueryData(["record", type.plural, record.id], next);
      refresh_record(type.plural, record.id);
      return undefined;
    },
    [type.plural, record.id, field.name],
  );
  const uploads = useUploads(finish);
  const replace = useCallback((files: File[]) => uploads.add(files.slice(0, 1)), [uploads.add]);
  const value = useMemo(() => ({ replace }), [replace]);
  const label = record[field.name] ? t`Drop the file to add a new version` : t`Drop the file here`;
  return (
    <FileDropContext value={value}>
      {children}
      <DropOverlay label={label} on_files={replace} />
      <Tray uploads={uploads} />
    </FileDropContext>
  );
}

function AttachingDrop({ type, record, link, children }: Props & { link: FieldMeta }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const document = dictionary.type("document")!;
  const field = main_file_field(document)!.name;
  const company = record.company as Ref | null | undefined;
  const finish = useCallback(
    async (stored: StoredFile) => {
      const also = link.name !== "company" && company ? { company: company.id } : {};
      const made = await api.post<Row>(`/${document.plural}`, {
        name: title_of(stored.name),
        [field]: stored.id,
        ...also,
        [link.name]: record.id,
      });
      refresh_record(document.plural);
      refresh_record(type.plural, record.id);
      return { plural: document.plural, id: made.id };
    },
    [document.plural, field, link.name, company, record.id, type.plural],
  );
  const uploads = useUploads(finish);
  const value = useMemo(() => ({ attach: uploads.add }), [uploads.add]);
  return (
    <FileDropContext value={value}>
      {children}
      <DropOverlay label={t`Drop to add documents to ${record.name}`} on_files={uploads.add} />
      <Tray uploads={uploads} />
    </FileDropContext>
  );
}

// Over the whole page while a file is held above it. A drop area inside takes the file itself.
function DropOverlay({ label, on_files }: { label: string; on_files: (files: File[]) => void }) {
  const [over, set_over] = useState(false);
  useEffect(() => {
    const on_over = (event: DragEvent) => {
      if (!has_files(event) || event.defaultPrevented) return;
      event.preventDefault();
      set_over(true);
    };
    const on_leave = (event: DragEvent) => {
      if (!event.relatedTarget) set_over(false);
    };
    const on_drop = (event: DragEvent) => {
      set_over(false);
      if (!has_files(event) || event.defaultPrevented) return;
      event.preventDefault();
      on_files([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragover", on_over);
    window.addEventListener("dragleave", on_leave);
    window.addEventListener("drop", on_drop);
    return () => {
      window.removeEventListener("dragover", on_over);
      window.removeEventListener("dragleave", on_leave);
      window.removeEventListener("drop", on_drop);
    };
  }, [on_files]);
  if (!over) return null;
  return (
    <div className={classes.overlay}>
      <div className={classes.overlay_card}>
        <IconFileUpload size={28} stroke={1.5} aria-hidden />
        <p>{label}</p>
      </div>
    </div>
  );
}

function Tray({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  const { t } = useLingui();
  const { clear } = uploads;
  const sending = uploads.uploads.some((upload) => upload.state === "sending");
  const all_done =
    uploads.uploads.length > 0 && uploads.uploads.every((upload) => upload.state === "done");
  useEffect(() => {
    if (!all_done) return;
    const timer = setTimeout(clear, DONE_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [all_done, clear]);
  if (!uploads.uploads.length) return null;
  return (
    <section className={classes.tray} aria-label={t`Uploads`}>
      <header className={classes.tray_head}>
        <h2>{sending ? t`Uploading` : t`Uploads`}</h2>
        {!sending && (
          <ActionIcon aria-label={t`Close`} onClick={uploads.clear}>
            <IconX size={15} />
          </ActionIcon>
        )}
      </header>
      {uploads.uploads.map((upload) => (
        <UploadRow key={upload.key} upload={upload} cancel={() => uploads.cancel(upload.key)} />
      ))}
    </section>
  );
}
