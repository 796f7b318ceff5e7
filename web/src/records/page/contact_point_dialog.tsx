// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { Address, ContactPoint } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { useDictionary } from "../dictionary";
import { FieldInput } from "../fields/field";
import { is_empty } from "../fields/field_parts";
import { ADDRESS_LABELS, as_field, type PointKind } from "./contact_point_parts";

const KINDS: PointKind[] = ["phone", "email", "url", "address"];

interface DialogProps {
  point: ContactPoint | undefined;
  error: string | undefined;
  busy: boolean;
  save: (point: ContactPoint) => void;
  close: () => void;
}

export default function PointDialog({ point, error, busy, save, close }: DialogProps) {
  const { t } = useLingui();
  const [kind, set_kind] = useState<PointKind>(point?.kind ?? "phone");
  const [label, set_label] = useState(point?.label ?? "");
  const [value, set_value] = useState<unknown>(point?.value ?? "");
  const names: Record<PointKind, string> = {
    phone: t`Phone`,
    email: t`E-mail`,
    url: t`Web`,
    address: t`Address`,
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (is_empty(value)) return;
    save({ ...point, kind, label, value: value as string | Address });
  };
  return (
    <Modal
      opened
      onClose={close}
      size={440}
      title={point ? t`Edit contact point` : t`Add a contact point`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <form className="stack" onSubmit={submit}>
        {!point && (
          <SegmentedControl
            aria-label={t`Kind`}
            fullWidth
            value={kind}
            data={KINDS.map((entry) => ({ value: entry, label: names[entry] }))}
            onChange={(next) => {
              set_kind(next as PointKind);
              set_label(next === "address" ? "visiting" : "");
              set_value("");
            }}
          />
        )}
        <FieldInput
          key={kind}
          field={as_field(kind, kind)}
          label={names[kind]}
          value={value}
          error={error}
          autofocus
          on_change={set_value}
        />
        {kind === "address" ? (
          <AddressLabel label={label} change={set_label} />
        ) : (
          <TextInput
            label={t`Label`}
            placeholder={t`Work, home, invoices`}
            value={label}
            onChange={(event) => set_label(event.currentTarget.value)}
          />
        )}
        <div className="row" style={{ justifyContent: "flex-end" }}>
          <Button variant="default" onClick={close}>
            {t`Cancel`}
          </Button>
          <Button type="submit" loading={busy}>
            {t`Save`}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

// What an address is for, from the administrators' list. One that came with other words keeps them.
function AddressLabel({ label, change }: { label: string; change: (label: string) => void }) {
  const { t } = useLingui();
  const { items, text } = useDictionary();
  const options = items(ADDRESS_LABELS)
    .filter((item) => !item.retired || item.key === label)
    .map((item) => ({ value: item.key, label: text(item.label, item.key) }));
  const known = options.some((option) => option.value === label);
  return (
    <Select
      label={t`Label`}
      data={label && !known ? [...options, { value: label, label }] : options}
      value={label || null}
      onChange={(next) => change(next ?? "")}
    />
  );
}
