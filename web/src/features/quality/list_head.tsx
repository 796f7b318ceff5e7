// SPDX-License-Identifier: Apache-2.0
// Over the list: how many there are, in which order, and doing all of them at once.
import { useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl } from "@mantine/core";
import { IconFilter, IconWand } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { number_text } from "../../base/format";
import { useDictionary } from "../../records/dictionary";
import type { QueueFilter } from "./queries";
import type { Rule } from "./types";
import { FILTERS, type QueueState } from "./use_queue";
import classes from "./workbench.module.css";

const FixAllDialog = lazy(() => import("./fix_all_dialog"));

interface HeadProps {
  queue: QueueState;
  filter: QueueFilter;
  rules: Rule[];
  by_record: boolean;
  filtering: boolean;
  toggle_filters: () => void;
}

export function ListHead({
  queue,
  filter,
  rules,
  by_record,
  filtering,
  toggle_filters,
}: HeadProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const [fixing, set_fixing] = useState(false);
  const set = FILTERS.filter((name) => filter[name]).length;
  const { total } = queue;
  const count = number_text(total?.total ?? 0, 0);
  const records = number_text(total?.records ?? 0, 0);
  const close = () => set_fixing(false);
  const type = dictionary.type(filter.type);
  const may_fix = !!type && !filter.dismissed && dictionary.may("bulk_edit");
  return (
    <header className={classes.list_head}>
      <Button
        className={classes.filter_button}
        variant="default"
        size="xs"
        leftSection={<IconFilter size={15} />}
        aria-expanded={filtering}
        onClick={toggle_filters}
      >
        {set ? t`Filter (${set})` : t`Filter`}
      </Button>
      <p className={classes.total} role="status">
        {total && t`${count} in ${records} records`}
      </p>
      <SegmentedControl
        size="xs"
        aria-label={t`Order`}
        value={by_record ? "record" : "one"}
        data={[
          { value: "one", label: t`One by one` },
          { value: "record", label: t`By record` },
        ]}
        onChange={(by) => queue.change({ by: by === "record" ? by : "" })}
      />
      {may_fix && (total?.total ?? 0) > 0 && (
        <Button
          className={classes.fix_all}
          variant="light"
          size="xs"
          leftSection={<IconWand size={15} />}
          onClick={() => set_fixing(true)}
        >
          {t`Apply all suggestions…`}
        </Button>
      )}
      {fixing && type && (
        <Suspense>
          <FixAllDialog type={type} filter={filter} rules={rules} close={close} />
        </Suspense>
      )}
    </header>
  );
}
