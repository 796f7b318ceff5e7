// SPDX-License-Identifier: Apache-2.0
// Why the queue is empty: all is well, nobody has looked, or the filter finds none.
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mantine/core";
import { IconChecks, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { EmptyState } from "../../kit/states";
import { useDictionary } from "../../records/dictionary";
import { type QueueFilter, status_query } from "./queries";
import { useScan } from "./queue_status";
import { FILTERS, type QualitySearch } from "./use_queue";

interface NothingProps {
  filter: QueueFilter;
  change: (next: QualitySearch) => void;
}

export function Nothing({ filter, change }: NothingProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const scan = useScan();
  const status = useQuery(status_query).data?.types ?? [];
  const is_new = status.length > 0 && status.every((one) => !one.scanned_at && one.job === null);
  if (FILTERS.some((name) => filter[name])) {
    const none = Object.fromEntries(FILTERS.map((name) => [name, ""]));
    return (
      <EmptyState
        icon={<IconSearch size={22} stroke={1.5} />}
        title={t`Nothing like that is left`}
        action={
          <Button variant="default" onClick={() => change(none)}>
            {t`Show all`}
          </Button>
        }
      >
        {t`Another type, rule or owner may have some.`}
      </EmptyState>
    );
  }
  if (is_new) {
    return (
      <EmptyState
        icon={<IconChecks size={22} stroke={1.5} />}
        title={t`Nobody has looked yet`}
        action={
          dictionary.may("bulk_edit") && (
            <Button loading={scan.isPending} onClick={() => scan.mutate()}>
              {t`Look at all records`}
            </Button>
          )
        }
      >
        {t`What is new or changed is looked at by itself; what was there before, once.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconChecks size={22} stroke={1.5} />} title={t`Nothing left to do`}>
      {t`No rule finds anything wrong. New records are looked at as they come.`}
    </EmptyState>
  );
}
