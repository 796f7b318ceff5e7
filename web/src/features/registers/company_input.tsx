// SPDX-License-Identifier: Apache-2.0
// Name or number of a new company: the companies that are there first, then the registers. The
// first entry of a register is chosen already, so that Enter fills the form.
import { useLingui } from "@lingui/react/macro";
import { Combobox, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../api/client";
import { date_text } from "../../base/format";
import { Tag } from "../../kit/marks";
import type { SuggestingProps } from "../../records/create_suggestions";
import { input_frame } from "../../records/fields/field_parts";
import classes from "./registers.module.css";
import type { RegisterAnswer, RegisterFound } from "./types";
import { useEntryStatusWords } from "./words";

const WAIT_MS = 150;
const LETTERS_MIN = 2;
const SHOWN_MAX = 8;

export default function CompanyInput(props: SuggestingProps) {
  const { t } = useLingui();
  const combobox = useCombobox();
  const text = String(props.value ?? "");
  const [asked, set_asked] = useState(false);
  const [q] = useDebouncedValue(text.trim(), WAIT_MS);
  const country = String(props.values.country ?? "");
  const found = useQuery({
    queryKey: ["registers", "search", q, country],
    queryFn: ({ signal }) =>
      api.get<RegisterAnswer>("/registers/search", { q, country, limit: SHOWN_MAX }, signal),
    enabled: asked && q.length >= LETTERS_MIN,
    placeholderData: (previous) => previous,
  });
  const companies = found.data?.companies ?? [];
  const entries = found.data?.entries ?? [];
  const any = asked && q.length >= LETTERS_MIN && companies.length + entries.length > 0;
  const first = entries.findIndex((entry) => entry.company === null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new answer chooses anew
  useEffect(() => {
    // Open only while there is something to see: an open list takes the Escape of the dialog.
    if (!any) return combobox.closeDropdown();
    combobox.openDropdown();
    if (first >= 0) combobox.selectOption(companies.length + first);
    else combobox.resetSelectedOption();
  }, [found.data, any]);

  const choose = (key: string) => {
    set_asked(false);
    combobox.closeDropdown();
    const [kind, index] = key.split(":");
    if (kind === "own") return props.open_record(Number(index));
    const entry = entries[Number(index)];
    if (!entry) return;
    if (entry.company !== null) return props.open_record(entry.company);
    const day = date_text(entry.obtained_on);
    props.fill({
      values: entry.values,
      source: t`From ${entry.title}, ${day}`,
      // A company whose number is known is refused: the register's own question about duplicates.
      save: (typed, left_out) => make_company(entry, typed, left_out),
    });
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
      <Combobox.Target>
        <TextInput
          {...input_frame(props)}
          autoComplete="off"
          maxLength={props.field.length_max || undefined}
          value={text}
          onChange={(event) => {
            props.on_change(event.currentTarget.value);
            set_asked(true);
            if (any) combobox.openDropdown();
          }}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={(event) => {
            // Only the list closes; the dialog stays.
            if (event.key !== "Escape" || !combobox.dropdownOpened) return;
            event.stopPropagation();
            combobox.closeDropdown();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!any}>
        <Combobox.Options aria-label={t`Suggestions`} mah={320} style={{ overflowY: "auto" }}>
          {companies.length > 0 && (
            <Combobox.Group label={t`Companies you have`}>
              {companies.map((company) => (
                <Combobox.Option key={company.id} value={`own:${company.id}`}>
                  {company.name}
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
          {entries.length > 0 && (
            <Combobox.Group label={t`From registers; Enter fills the form`}>
              {entries.map((entry, index) => (
                <Combobox.Option
                  key={`${entry.provider}/${entry.entry.number}`}
                  value={`entry:${index}`}
                >
                  <EntryLine entry={entry} />
                </Combobox.Option>
              ))}
            </Combobox.Group>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function EntryLine({ entry: found }: { entry: RegisterFound }) {
  const { t } = useLingui();
  const words = useEntryStatusWords();
  const { entry } = found;
  const place = [entry.number, entry.postcode, entry.city, entry.country];
  const gone = entry.status && entry.status !== "active" ? words[entry.status] : undefined;
  return (
    <div>
      <div className={classes.line}>
        <span className="clip">{entry.name}</span>
        {found.company !== null && <Tag colour="green">{t`You have it`}</Tag>}
        {gone && <Tag colour="red">{gone}</Tag>}
      </div>
      <div className={classes.place}>{[...place.filter(Boolean), found.title].join(" · ")}</div>
    </div>
  );
}

async function make_company(
  found: RegisterFound,
  typed: Record<string, unknown>,
  left_out: string[],
): Promise<number> {
  const number = encodeURIComponent(found.entry.number ?? "");
  const path = `/registers/${found.provider}/entries/${number}/company`;
  const policy = Object.fromEntries(left_out.map((field) => [field, "never"]));
  const made = await api.post<{ company: number }>(path, { values: typed, policy });
  return made.company;
}
