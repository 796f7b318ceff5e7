// SPDX-License-Identifier: Apache-2.0
// The page as it becomes, with a record that is there. Rules are asked here, as far as they can be.
import { useLingui } from "@lingui/react/macro";
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { record_query } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import type { PageLayout } from "../../records/layout/layout_parts";
import { guess_unshown } from "../../records/layout/use_page_layout";
import { SectionList } from "../../records/page/record_sections";
import { samples_query } from "./layout_queries";
import classes from "./layouts.module.css";

export function LayoutPreview({ type, layout }: { type: TypeMeta; layout: PageLayout }) {
  const { t } = useLingui();
  const samples = useQuery(samples_query(type)).data?.items ?? [];
  const [chosen, set_chosen] = useState<string | null>(null);
  const id = Number(chosen ?? samples[0]?.id ?? 0);
  const record = useQuery({ ...record_query(type.plural, id), enabled: id > 0 });
  const row: Row = record.data ?? { id: 0, version: 0 };
  const unshown = useMemo(() => guess_unshown(layout, row, row.masked), [layout, row]);
  return (
    <section className={`card ${classes.preview}`} aria-label={t`Preview`}>
      <div className={classes.preview_head}>
        <h3 className={classes.section_title}>{t`Preview`}</h3>
        <Select
          aria-label={t`Shown with`}
          w={220}
          searchable
          allowDeselect={false}
          data={samples.map((one) => ({
            value: String(one.id),
            label: String(one.name ?? `#${one.id}`),
          }))}
          value={id ? String(id) : null}
          onChange={set_chosen}
        />
      </div>
      <SectionList type={type} record={row} layout={layout} unshown={unshown} editable={false} />
    </section>
  );
}
