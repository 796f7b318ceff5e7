// SPDX-License-Identifier: Apache-2.0
// A text in one's own language, and in the others for those who want them.
import { useLingui } from "@lingui/react/macro";
import { Textarea, TextInput } from "@mantine/core";
import { IconLanguage } from "@tabler/icons-react";
import { useState } from "react";
import type { Labels } from "../api/types";
import { LANGUAGES } from "../base/i18n";
import classes from "./label_inputs.module.css";

interface Props {
  label: string;
  value: Labels;
  change: (next: Labels) => void;
  required?: boolean;
  long?: boolean;
  length_max: number;
}

// An empty text is none in that language.
export function with_text(labels: Labels, language: string, text: string): Labels {
  const { [language]: _, ...rest } = labels;
  return text ? { ...rest, [language]: text } : rest;
}

export function LabelInputs({ label, value, change, required, long, length_max }: Props) {
  const { t, i18n } = useLingui();
  const [all, set_all] = useState(false);
  const Input = long ? Textarea : TextInput;
  const own = LANGUAGES.find(({ code }) => code === i18n.locale) ?? LANGUAGES[1];
  const others = LANGUAGES.filter(({ code }) => code !== own.code);
  const input = (code: string, name: string) => (
    <Input
      key={code}
      label={name}
      value={value[code] ?? ""}
      maxLength={length_max}
      autosize={long || undefined}
      onChange={(event: { currentTarget: { value: string } }) =>
        change(with_text(value, code, event.currentTarget.value))
      }
    />
  );
  const fallback = value[own.code] ? "" : (value.en ?? Object.values(value)[0] ?? "");
  return (
    <div className={classes.labels}>
      <Input
        label={label}
        required={required && !fallback}
        value={value[own.code] ?? ""}
        placeholder={fallback}
        maxLength={length_max}
        autosize={long || undefined}
        onChange={(event: { currentTarget: { value: string } }) =>
          change(with_text(value, own.code, event.currentTarget.value))
        }
      />
      <button
        type="button"
        className={`plain ${classes.more}`}
        aria-expanded={all}
        onClick={() => set_all(!all)}
      >
        <IconLanguage size={14} aria-hidden />
        {t`Other languages`}
      </button>
      {all && (
        <fieldset className={classes.others}>
          <legend>{label}</legend>
          {others.map(({ code, name }) => input(code, name))}
        </fieldset>
      )}
    </div>
  );
}
