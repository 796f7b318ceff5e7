// SPDX-License-Identifier: Apache-2.0
// Which address books the phone gets: what is one's own, and the selections that are chosen here.
import { useLingui } from "@lingui/react/macro";
import { Button, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { number_text } from "../../base/format";
import { toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import classes from "./dav.module.css";
import { DAV_KEY, type Dav, type DavBook } from "./dav_types";

interface Choice {
  id: number;
  name: string;
  completed: boolean;
}

export function DavBooks({ dav }: { dav: Dav }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const change = useMutation({
    mutationFn: ({ id, is_chosen }: { id: number; is_chosen: boolean }) =>
      is_chosen ? api.put<Dav>(`/me/dav/books/${id}`) : api.remove<Dav>(`/me/dav/books/${id}`),
    onSuccess: (next) => query_client.setQueryData(DAV_KEY, next),
    onError: (error) => toast_error(error_text(error)),
  });
  return (
    <div>
      <h4>{t`Address books`}</h4>
      <ul className={classes.books}>
        {dav.books.map((book) => (
          <Book
            key={`${book.type}-${book.selection}`}
            book={book}
            max={dav.entries_max}
            leave={(id) => change.mutate({ id, is_chosen: false })}
          />
        ))}
      </ul>
      <AddBook dav={dav} add={(id) => change.mutate({ id, is_chosen: true })} />
    </div>
  );
}

interface BookProps {
  book: DavBook;
  max: number;
  leave: (selection: number) => void;
}

function Book({ book, max, leave }: BookProps) {
  const { t } = useLingui();
  const { text, type } = useDictionary();
  const plural = text(type(book.type)?.label_plural, book.type);
  const { selection } = book;
  const name = selection === null ? t`${plural}: your own` : book.name;
  const most = number_text(max);
  return (
    <li>
      <span className="grow">{name}</span>
      <span className="dim">
        {book.is_too_large ? t`more than ${most}` : number_text(book.count)}
      </span>
      {selection !== null && (
        <Button
          variant="subtle"
          color="gray"
          aria-label={t`Leave out: ${name}`}
          onClick={() => leave(selection)}
        >
          {t`Leave out`}
        </Button>
      )}
      {book.is_too_large && (
        <p className={classes.large}>
          {t`That is too many for a phone: it gets none of them.`}{" "}
          {t`A selection can hold those that you need.`}
        </p>
      )}
    </li>
  );
}

function AddBook({ dav, add }: { dav: Dav; add: (selection: number) => void }) {
  const { t } = useLingui();
  const persons = useQuery(choices("persons"));
  const companies = useQuery(choices("companies"));
  const chosen = new Set(dav.books.map((book) => book.selection));
  const { text, type } = useDictionary();
  const group = (name: string, items: Choice[] = []) => ({
    group: text(type(name)?.label_plural, name),
    items: items
      .filter((one) => !one.completed && !chosen.has(one.id))
      .map((one) => ({ value: String(one.id), label: one.name })),
  });
  const data = [group("person", persons.data?.items), group("company", companies.data?.items)];
  const is_full = chosen.size - 1 >= dav.books_max;
  return (
    <Select
      // Empties it after each choice.
      key={dav.books.length}
      mt={8}
      searchable
      label={t`Carry a selection along`}
      placeholder={t`Choose a selection`}
      nothingFoundMessage={t`No selection`}
      disabled={is_full}
      data={data.filter((one) => one.items.length > 0)}
      onChange={(id) => id && add(Number(id))}
    />
  );
}

function choices(plural: string) {
  return {
    queryKey: ["dav_choices", plural],
    queryFn: () => api.get<{ items: Choice[] }>("/selections", { type: plural }),
  };
}
