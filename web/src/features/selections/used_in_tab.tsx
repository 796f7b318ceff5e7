// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { IconStack2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client";
import type { Ref } from "../../api/types";
import { EmptyState, ErrorState, SkeletonLines } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import { SelectionLink } from "./selection_page";
import type { Selection } from "./selection_queries";
import classes from "./selections.module.css";

export default function UsedInTab({ selection }: { selection: Selection }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const used = useQuery({
    queryKey: ["selection", selection.id, "used_in"],
    queryFn: () => api.get<{ selections: Ref[] }>(`/selections/${selection.id}/used-in`),
  });
  if (used.isPending) return <SkeletonLines count={3} />;
  if (used.isError)
    return <ErrorState title={t`This could not be shown`} detail={error_text(used.error)} />;
  if (!used.data.selections.length) {
    return (
      <EmptyState icon={<IconStack2 size={22} stroke={1.5} />} title={t`Not used anywhere`}>
        {t`A selection that others are made of cannot be removed.`}
      </EmptyState>
    );
  }
  return (
    <section className={`card ${classes.row_card} ${classes.narrow}`}>
      <h2 className={classes.row_head}>{t`Selections made of this one`}</h2>
      <ul className={classes.rows}>
        {used.data.selections.map((entry) => (
          <li key={entry.id}>
            <SelectionLink id={entry.id} name={entry.name} />
          </li>
        ))}
      </ul>
    </section>
  );
}
