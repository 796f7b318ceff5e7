// SPDX-License-Identifier: Apache-2.0
// Why the numbers of another system are not there, or are old.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { instant_text } from "../../base/format";
import classes from "./dashboards.module.css";
import type { External } from "./types";

function useReason() {
  const { t } = useLingui();
  return (problem: string): string => {
    const reasons: Record<string, string> = {
      "connect/switched_off": t`Numbers of other systems are switched off.`,
      "connect/host_refused": t`This system is not on the list of those that may be asked.`,
      "connect/address_refused": t`The address leads inside the house, which is not allowed.`,
      "connect/scheme_refused": t`The address must begin with https://`,
      "connect/unknown_host": t`There is no such system.`,
      "connect/not_connected": t`The other system cannot be reached.`,
      "connect/timeout": t`The other system did not answer in time.`,
      "connect/tls": t`The certificate of the other system is not valid.`,
      "connect/too_large": t`The other system answered with too much.`,
      "connect/status": t`The other system refused to answer.`,
      "dashboards/external_not_json": t`The other system answered with something that is no JSON.`,
      "dashboards/external_no_rows": t`The answer has no rows where the tile looks for them.`,
      "dashboards/external_no_number": t`The answer has no number where the tile looks for it.`,
    };
    return reasons[problem] ?? t`The other system could not be asked.`;
  };
}

interface Props {
  problem?: string;
  external?: External;
  retry?: () => void;
}

export default function ExternalProblem({ problem, external, retry }: Props) {
  const { t } = useLingui();
  const reason = useReason();
  if (external) {
    const when = instant_text(external.fetched_at);
    return (
      <p className={classes.external_note} role="status">
        {t`As of ${when}.`} {reason(external.problem ?? "")}
      </p>
    );
  }
  return (
    <div className={classes.state} role="alert">
      <IconPlugConnectedX size={22} stroke={1.4} aria-hidden />
      <p>{reason(problem ?? "")}</p>
      {retry && (
        <Button variant="default" size="xs" onClick={retry}>
          {t`Try again`}
        </Button>
      )}
    </div>
  );
}
