// SPDX-License-Identifier: Apache-2.0
// "Tell me when this number …": one alert of a tile, and those that it has already.
import { useLingui } from "@lingui/react/macro";
import { Button, NumberInput, SegmentedControl, Select } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../api/client";
import { query_client } from "../../api/queries";
import { Modal } from "../../kit/dialog";
import { toast } from "../../kit/toast";
import { useErrorText, useTranslate } from "../../records/use_translate";
import { AlertRows } from "./alert_rows";
import own from "./builder.module.css";
import { alerts_query, tile_query } from "./queries";
import type { Alert, Condition, Dashboard, PageFilters, PlacedTile } from "./types";
import { cell_text, measure_text } from "./words";

interface Props {
  page: Dashboard;
  tile: PlacedTile;
  filters: PageFilters;
  close: () => void;
}

export default function AlertDialog({ page, tile, filters, close }: Props) {
  const { t } = useLingui();
  const title = tile.title;
  return (
    <Modal
      opened
      onClose={close}
      title={t`Tell me when: ${title}`}
      size="min(520px, 96vw)"
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <NewAlert page={page} tile={tile} filters={filters} close={close} />
    </Modal>
  );
}

function NewAlert({ page, tile, filters, close }: Props) {
  const { t } = useLingui();
  const translate = useTranslate();
  const error_text = useErrorText();
  const answer = useQuery(tile_query(page.id, tile, filters)).data;
  const alerts = useQuery(alerts_query).data?.items ?? [];
  const here = alerts.filter((one) => one.dashboard === page.id && one.tile === tile.id);
  const [measure, set_measure] = useState(0);
  const [condition, set_condition] = useState<Condition>("above");
  const [value, set_value] = useState<number | string>("");
  const save = useMutation({
    mutationFn: () =>
      api.post<Alert>("/me/alerts", {
        dashboard: page.id,
        tile: tile.id,
        measure,
        condition,
        value: Number(value),
        filters,
      }),
    onSuccess: () => {
      void query_client.invalidateQueries({ queryKey: alerts_query.queryKey });
      toast(t`You will be told`);
      close();
    },
  });
  if (answer?.kind !== "chart") return null;
  const about = answer.measures[measure] ?? answer.measures[0]!;
  const now = cell_text(answer.total.cells[measure], about);
  return (
    <form
      className={own.alert_form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {answer.measures.length > 1 && (
        <Select
          label={t`Which number`}
          allowDeselect={false}
          value={String(measure)}
          data={answer.measures.map((one, index) => ({
            value: String(index),
            label: measure_text(one, translate),
          }))}
          onChange={(index) => set_measure(Number(index ?? 0))}
        />
      )}
      <p className="dim">{t`It is ${now} now.`}</p>
      <SegmentedControl
        aria-label={t`When the number`}
        value={condition}
        onChange={(next) => set_condition(next as Condition)}
        data={[
          { value: "above", label: t`rises above` },
          { value: "below", label: t`falls below` },
          { value: "changes", label: t`changes by` },
        ]}
      />
      <NumberInput
        label={condition === "changes" ? t`Percent` : t`Value`}
        suffix={condition === "changes" ? " %" : about.currency ? ` ${about.currency}` : ""}
        min={condition === "changes" ? 0.1 : undefined}
        required
        data-autofocus
        value={value}
        onChange={set_value}
      />
      <p className="dim small">
        {condition === "changes"
          ? t`You are told each time it has changed so much since you were told last.`
          : t`You are told once, and again only after it has been back.`}
      </p>
      {save.error && <p role="alert">{error_text(save.error)}</p>}
      <div className={own.builder_end}>
        <Button variant="default" onClick={close}>
          {t`Cancel`}
        </Button>
        <Button type="submit" loading={save.isPending} disabled={value === ""}>
          {t`Tell me`}
        </Button>
      </div>
      {here.length > 0 && (
        <section aria-label={t`Already asked for`}>
          <h3 className={own.alert_head}>{t`Already asked for`}</h3>
          <AlertRows alerts={here} />
        </section>
      )}
    </form>
  );
}
