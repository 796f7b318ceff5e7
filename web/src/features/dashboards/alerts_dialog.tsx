// SPDX-License-Identifier: Apache-2.0
// All that one is told of, whatever page it is on.
import { useLingui } from "@lingui/react/macro";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Modal } from "../../kit/dialog";
import { EmptyState, LoadingState } from "../../kit/states";
import { useErrorText } from "../../records/use_translate";
import { AlertRows } from "./alert_rows";
import { alerts_query } from "./queries";

export default function AlertsDialog({ close }: { close: () => void }) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const alerts = useQuery(alerts_query);
  return (
    <Modal
      opened
      onClose={close}
      title={t`What I am told of`}
      size="min(640px, 96vw)"
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      {alerts.isPending && <LoadingState label={t`Loading`} />}
      {alerts.error && <p role="alert">{error_text(alerts.error)}</p>}
      {alerts.data && !alerts.data.items.length && (
        <EmptyState icon={<IconBell size={22} stroke={1.5} />} title={t`Nothing yet`}>
          {t`The menu of a number or a chart has “Tell me when …”.`}
        </EmptyState>
      )}
      {alerts.data && <AlertRows alerts={alerts.data.items} named on_open={close} />}
    </Modal>
  );
}
