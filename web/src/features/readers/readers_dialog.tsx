// SPDX-License-Identifier: Apache-2.0
// Everybody who can see a record, grouped by what lets them: their nearness to its owner.
import { useLingui } from "@lingui/react/macro";
import { Button, Modal } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Initials } from "../../kit/marks";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import type { RecordTarget } from "../../records/record_actions";
import { useErrorText } from "../../records/use_translate";
import { type Reader, readers_query } from "./queries";
import classes from "./readers.module.css";

const CIRCLES: Reader["circle"][] = ["mine", "primary_group", "other_groups", "all"];

interface Props {
  target: RecordTarget;
  close: () => void;
}

function useWords() {
  const { t } = useLingui();
  const why = {
    mine: t`The owner`,
    primary_group: t`In the owner's group`,
    other_groups: t`Works with the owner's group too`,
    all: t`Sees the records of everyone`,
  };
  const may: Record<string, string> = {
    update: t`change`,
    archive: t`archive`,
    export: t`export`,
  };
  const masked: Record<string, string> = {
    contact: t`contact details`,
    special: t`special categories`,
    national_id: t`national id numbers`,
    credential: t`passwords and keys`,
  };
  return {
    why: (circle: Reader["circle"]) => why[circle],
    may: (actions: string[]) => {
      const more = actions.map((action) => may[action]).filter(Boolean);
      return more.length ? t`Can ${more.join(", ")}` : t`Can only read`;
    },
    hidden: (names: string[]) => names.map((name) => masked[name] ?? name).join(", "),
  };
}

function Person({ reader, words }: { reader: Reader; words: ReturnType<typeof useWords> }) {
  const { t } = useLingui();
  const hidden = words.hidden(reader.masked);
  return (
    <li className={classes.person}>
      <Initials name={reader.user.name} size={24} />
      <div className={classes.name}>
        <div className="clip">{reader.user.name}</div>
        <div className="small dim clip">{reader.roles.join(", ")}</div>
      </div>
      <div className={classes.may}>
        <div>{words.may(reader.actions)}</div>
        {hidden && <div>{t`Hidden: ${hidden}`}</div>}
      </div>
    </li>
  );
}

export default function ReadersDialog({ target, close }: Props) {
  const { t } = useLingui();
  const words = useWords();
  const error_text = useErrorText();
  const found = useInfiniteQuery(readers_query(target.type.plural, target.ids?.[0] ?? 0));
  const readers = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Modal
      opened
      onClose={close}
      size={560}
      title={t`Who can see this`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {found.isPending && <SkeletonLines count={8} />}
      {found.error && (
        <ErrorState
          title={t`Could not be loaded`}
          detail={error_text(found.error)}
          retry={() => void found.refetch()}
          retry_label={t`Try again`}
        />
      )}
      {found.data && !readers.length && <EmptyState title={t`Nobody`} />}
      {CIRCLES.map((circle) => {
        const people = readers.filter((reader) => reader.circle === circle);
        if (!people.length) return null;
        return (
          <section key={circle} className={classes.group} aria-label={words.why(circle)}>
            <h3 className={classes.why}>{words.why(circle)}</h3>
            <ul className={classes.people}>
              {people.map((reader) => (
                <Person key={reader.user.id} reader={reader} words={words} />
              ))}
            </ul>
          </section>
        );
      })}
      {found.hasNextPage && (
        <Button
          variant="default"
          mt={16}
          loading={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          {t`Show more`}
        </Button>
      )}
    </Modal>
  );
}
