// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { TypeMeta } from "../../api/types";
import { date_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import { FieldView } from "../../records/fields/field";
import { is_empty } from "../../records/fields/field_parts";
import classes from "./review.module.css";
import type { Proposal } from "./types";

interface Props {
  type: TypeMeta;
  proposals: Proposal[];
  shown: Proposal;
  open: (proposal: Proposal) => void;
  more: (() => void) | undefined;
  loading: boolean;
}

export function ProposalList({ type, proposals, shown, open, more, loading }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const list = useRef<HTMLUListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is brought into sight
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [shown.id]);
  return (
    <ul ref={list} className={classes.list} aria-label={t`Differences`}>
      {proposals.map((proposal) => {
        const field = dictionary.field(type, proposal.field);
        return (
          <li key={proposal.id}>
            <button
              type="button"
              className={classes.item}
              aria-current={proposal.id === shown.id || undefined}
              onClick={() => open(proposal)}
            >
              <span className={`${classes.name} clip`}>
                {proposal.company.name || `#${proposal.company.id}`}
              </span>
              <span className={classes.line}>
                <span className="dim">{dictionary.text(field?.label, proposal.field)}</span>
                <span className={`${classes.offered} clip`}>
                  {is_empty(proposal.offered) || !field ? (
                    <span className="faint">{t`Empty`}</span>
                  ) : (
                    <FieldView field={field} value={proposal.offered} dense />
                  )}
                </span>
              </span>
              <span className="small faint clip">
                {proposal.title} · {date_text(proposal.obtained_on)}
              </span>
            </button>
          </li>
        );
      })}
      {more && (
        <li className={classes.more}>
          <Button variant="subtle" fullWidth loading={loading} onClick={more}>
            {t`Show more`}
          </Button>
        </li>
      )}
    </ul>
  );
}
