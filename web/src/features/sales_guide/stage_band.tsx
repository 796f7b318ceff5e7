// SPDX-License-Identifier: Apache-2.0
// The stages of a sale as a path; one click moves the sale.
import { useLingui } from "@lingui/react/macro";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "../../api/client";
import { query_client, refresh_record } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { useErrorText } from "../../records/use_translate";
import { outcome_of, stage_path } from "./guide_parts";
import classes from "./sales_guide.module.css";

export default function StageBand({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const error_text = useErrorText();
  const field = dictionary.field(type, "stage");
  const present = useRef<HTMLLIElement>(null);
  const stage = String(record.stage ?? "");
  // On a phone the path is wider than the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the sale moved
  useEffect(() => {
    const place = present.current;
    const path = place?.parentElement;
    if (path) path.scrollLeft = place.offsetLeft - path.clientWidth / 2 + place.clientWidth / 2;
  }, [stage]);
  const move = useMutation({
    mutationFn: (next: string) =>
      api.patch<Row>(`/${type.plural}/${record.id}`, { stage: next }, record.version),
    onSuccess: (next) => {
      query_client.setQueryData(["record", type.plural, record.id], next);
      refresh_record(type.plural, record.id);
    },
    onError: (error) => {
      refresh_record(type.plural, record.id);
      toast_error(error_text(error));
    },
  });
  if (!field) return null;
  const outcome = outcome_of(record.status);
  const status = outcome && dictionary.item(dictionary.field(type, "status")?.list, outcome);
  const editable =
    (record.rights?.update ?? dictionary.can(type.name, "update")) && !move.isPending;
  return (
    <ol
      className={classes.path}
      aria-label={dictionary.text(field.label, "stage")}
      // Without buttons it is scrolled with the keys.
      tabIndex={editable ? undefined : 0}
    >
      {stage_path(dictionary.items(field.list), stage).map(({ item, mark }) => {
        const name = dictionary.text(item.label, item.key);
        return (
          <li
            key={item.key}
            ref={mark === "present" ? present : undefined}
            className={classes.stage}
            data-mark={outcome && mark === "present" ? "past" : mark}
            aria-current={mark === "present" ? "step" : undefined}
          >
            {mark === "present" || !editable ? (
              <span className={classes.stage_name}>{name}</span>
            ) : (
              <button
                type="button"
                className={`plain ${classes.stage_name}`}
                aria-label={t`Move to ${name}`}
                onClick={() => move.mutate(item.key)}
              >
                {mark === "past" && <IconCheck size={13} aria-hidden />}
                {name}
              </button>
            )}
          </li>
        );
      })}
      {outcome && (
        <li className={classes.stage} data-mark={outcome}>
          <span className={classes.stage_name}>
            {outcome === "sold" ? (
              <IconCheck size={13} aria-hidden />
            ) : (
              <IconX size={13} aria-hidden />
            )}
            {dictionary.text(status?.label, outcome)}
          </span>
        </li>
      )}
    </ol>
  );
}
