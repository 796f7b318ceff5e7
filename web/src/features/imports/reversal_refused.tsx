// SPDX-License-Identifier: Apache-2.0
// What could not become again what it was when the import was taken back, and why.
import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { job_query } from "../../api/queries";
import type { RowProblem, TypeMeta } from "../../api/types";

const JobErrorsDialog = lazy(() => import("../../records/jobs/job_errors_dialog"));

export function ReversalRefused({ type, job: id }: { type: TypeMeta; job: number }) {
  const { t } = useLingui();
  const [reading, set_reading] = useState(false);
  const { data: job } = useQuery(job_query(id));
  const failed = Number(job?.result?.failed ?? 0);
  const problems = (job?.result?.errors as RowProblem[] | undefined) ?? [];
  if (!failed) return null;
  return (
    <div className="card row" style={{ padding: 16 }} role="status">
      <span>
        {plural(failed, {
          one: "# record could not be taken back and stays as it is.",
          other: "# records could not be taken back and stay as they are.",
        })}
      </span>
      <Button variant="default" size="compact-sm" onClick={() => set_reading(true)}>
        {t`Show the errors`}
      </Button>
      {reading && (
        <Suspense>
          <JobErrorsDialog
            type={type}
            problems={problems}
            failed={failed}
            close={() => set_reading(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
