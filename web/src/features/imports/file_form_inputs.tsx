// SPDX-License-Identifier: Apache-2.0
// What divides the cells of the file and how its letters are written: found, and to be corrected
// where the examples look wrong.
import { useLingui } from "@lingui/react/macro";
import { NativeSelect } from "@mantine/core";
import { field_errors } from "../../records/error_text";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { type FileFormProps, useFileForm } from "./use_file_form";

interface Option {
  value: string;
  label: string;
}

// A file may have been said, or found, to be something that is not offered.
function with_current(options: Option[], now: string): Option[] {
  return options.some((option) => option.value === now)
    ? options
    : [...options, { value: now, label: now }];
}

export function DelimiterInput(props: FileFormProps) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const choose = useFileForm(props);
  const now = props.state.delimiter ?? ",";
  const options = [
    { value: ";", label: t`Semicolon ;` },
    { value: ",", label: t`Comma ,` },
    { value: "\t", label: t`Tabulator` },
    { value: "|", label: t`Bar |` },
  ];
  return (
    <NativeSelect
      label={t`Between the columns`}
      disabled={choose.isPending}
      error={choose.error ? error_text(choose.error) : undefined}
      data={with_current(options, now)}
      value={choose.isPending ? choose.variables.delimiter : now}
      onChange={(event) => choose.mutate({ delimiter: event.currentTarget.value })}
    />
  );
}

export function EncodingInput(props: FileFormProps) {
  const { t } = useLingui();
  const translate = useTranslate();
  const error_text = useErrorText();
  const choose = useFileForm(props);
  const problem = field_errors(choose.error, translate).encoding;
  const now = props.state.encoding ?? "UTF-8";
  const options = [
    { value: "UTF-8", label: "UTF-8" },
    { value: "windows-1252", label: t`Windows, Western Europe (windows-1252, Latin-1)` },
    { value: "windows-1250", label: t`Windows, Central Europe (windows-1250)` },
    { value: "windows-1251", label: t`Windows, Cyrillic (windows-1251)` },
    { value: "ISO-8859-15", label: "ISO-8859-15 (Latin-9)" },
    { value: "IBM850", label: t`DOS (IBM850)` },
    { value: "macintosh", label: t`Older Macintosh` },
    { value: "UTF-16LE", label: "UTF-16" },
  ];
  return (
    <NativeSelect
      label={t`Letters of the file`}
      disabled={choose.isPending}
      error={choose.error ? (problem ?? error_text(choose.error)) : undefined}
      data={with_current(options, now)}
      value={choose.isPending ? choose.variables.encoding : now}
      onChange={(event) => choose.mutate({ encoding: event.currentTarget.value })}
    />
  );
}
