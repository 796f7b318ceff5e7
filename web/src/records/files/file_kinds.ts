// SPDX-License-Identifier: Apache-2.0
// What the server says about a type of file, as the screens need it.
import {
  IconFile,
  IconFileMusic,
  IconFileSpreadsheet,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMovie,
  IconPhoto,
  IconPresentation,
} from "@tabler/icons-react";
import { number_text } from "../../base/format";

export type PreviewKind = "image" | "pdf" | "text" | "video" | "audio" | "none";

// Images that every browser shows; the server sends others as an attachment.
const SHOWN_IMAGES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"];

export function preview_kind(type: string): PreviewKind {
  if (SHOWN_IMAGES.includes(type)) return "image";
  if (type === "application/pdf") return "pdf";
  if (type === "text/plain") return "text";
  if (type.startsWith("video/")) return "video";
  if (type.startsWith("audio/")) return "audio";
  return "none";
}

const ICONS: [RegExp, typeof IconFile][] = [
  [/^image\//, IconPhoto],
  [/pdf$/, IconFileTypePdf],
  [/^video\//, IconMovie],
  [/^audio\//, IconFileMusic],
  [/spreadsheet|excel/, IconFileSpreadsheet],
  [/presentation|powerpoint/, IconPresentation],
  [/zip|compressed|rar$/, IconFileZip],
  [/^text\/|word|opendocument\.text|rtf$/, IconFileText],
];

export function file_icon(type: string): typeof IconFile {
  return ICONS.find(([pattern]) => pattern.test(type))?.[1] ?? IconFile;
}

const UNITS = ["B", "kB", "MB", "GB"];
const STEP = 1000;

export function size_text(bytes: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= STEP && unit < UNITS.length - 1) {
    size /= STEP;
    unit += 1;
  }
  return `${number_text(size, unit > 0 && size < 100 ? 1 : 0)} ${UNITS[unit]}`;
}

// "Offer 2026.pdf" names the document "Offer 2026".
export function title_of(file_name: string): string {
  const dot = file_name.lastIndexOf(".");
  return dot > 0 ? file_name.slice(0, dot) : file_name;
}
