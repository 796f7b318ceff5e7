// SPDX-License-Identifier: Apache-2.0
// Offers to compute amounts in the base currency anew, after it or a rate has changed.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client, settings_query } from "../../api/queries";
import type { BaseAmounts } from "../../api/types";
import { date_text, number_text } from "../../base/format";
import { JobProgress } from "../../records/job_progress";
import classes from "./settings.module.css";
import { Loaded, SaveError } from "./settings_parts";

export function BaseAmountsCard() {
  const { data: settings } = useQuery(settings_query);
  const [job, set_job] = useState<number | null>(null);
  if (!settings?.base_amounts_pending && job === null) return null;
  return <PendingAmounts job={job} set_job={set_job} />;
}

interface Props {
  job: number | null;
  set_job: (job: number | null) => void;
}

function PendingAmounts({ job, set_job }: Props) {
  const { t } = useLingui();
  const preview = useQuery({
    queryKey: ["base_amounts"],
    queryFn: () => api.get<BaseAmounts>("/base-amounts"),
  });
  const start = useMutation({
    mutationFn: () => api.post<{ job: number }>("/base-amounts/recomputation"),
    onSuccess: (answer) => set_job(answer.job),
  });
  const finish = () => {
    for (const key of ["settings", "base_amounts", "meta", "list"])
      void query_client.invalidateQueries({ queryKey: [key] });
  };
  return (
    <section className={`card ${classes.block}`}>
      <h3>{t`Amounts in the base currency`}</h3>
      {job !== null ? (
        <JobProgress id={job} title={t`Computing amounts`} on_over={finish} />
      ) : (
        <Loaded query={preview}>
          {(found) => (
            <div className="stack">
              <PreviewText found={found} />
              <SaveError error={start.error} />
              <div>
                <Button loading={start.isPending} onClick={() => start.mutate()}>
                  {t`Compute anew`}
                </Button>
              </div>
            </div>
          )}
        </Loaded>
      )}
    </section>
  );
}

function PreviewText({ found }: { found: BaseAmounts }) {
  const { t } = useLingui();
  const changed = number_text(found.changed, 0);
  const amounts = number_text(found.amounts, 0);
  const currency = found.base_currency;
  return (
    <>
      <p>
        {t`The base currency or a rate has changed. The amounts themselves stay.`}{" "}
        {t`${changed} of ${amounts} would get another worth in ${currency}.`}
      </p>
      {found.without_rate.map((one) => {
        const count = number_text(one.count, 0);
        const day = date_text(one.earliest);
        return (
          <p key={one.currency} className={classes.error}>
            {t`${count} amounts in ${one.currency} have no rate, the earliest of ${day}.`}
          </p>
        );
      })}
    </>
  );
}
