// SPDX-License-Identifier: Apache-2.0
// All phones, addresses, … of a record; one of each kind is the primary one.
import { useLingui } from "@lingui/react/macro";
import {
  ActionIcon,
  Button,
  Menu,
  Modal,
  SegmentedControl,
  Select,
  TextInput,
} from "@mantine/core";
import {
  IconDots,
  IconMail,
  IconMapPin,
  IconPhone,
  IconPlus,
  IconWorld,
} from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { Address, ContactPoint, FieldKind, Row, TypeMeta } from "../../api/types";
import { useDictionary } from "../dictionary";
import { FieldInput, FieldView } from "../fields/field";
import { is_empty } from "../fields/field_parts";
import classes from "./contact_points.module.css";
import section_classes from "./record_sections.module.css";
import { useSaveField } from "./use_save_field";

type Kind = ContactPoint["kind"];
const ICONS = { phone: IconPhone, email: IconMail, url: IconWorld, address: IconMapPin };
const KINDS: Kind[] = ["phone", "email", "url", "address"];

const ADDRESS_LABELS = "address_label";

const as_field = (kind: Kind, name: string) => ({ name, kind: kind as FieldKind, label: {} });

interface Props {
  type: TypeMeta;
  record: Row;
  editable: boolean;
}

export function ContactPoints({ type, record, editable }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const label_of = (point: ContactPoint) =>
    point.kind === "address"
      ? dictionary.text(dictionary.item(ADDRESS_LABELS, point.label ?? "")?.label, point.label)
      : point.label;
  const points = record.contact_points ?? [];
  const [editing, set_editing] = useState<number | null>(null);
  const save = useSaveField(type, record, () => set_editing(null));
  const put = (next: ContactPoint[]) => save.run({ contact_points: next });
  const make_primary = (index: number) =>
    put(
      points.map((point, place) =>
        point.kind === points[index]?.kind ? { ...point, primary: place === index } : point,
      ),
    );
  if (!editable && !points.length) return null;
  return (
    <section className={section_classes.section}>
      <h2 className={section_classes.title}>
        {t`Contact points`}
        {editable && (
          <ActionIcon
            size={24}
            aria-label={t`Add a contact point`}
            onClick={() => set_editing(points.length)}
          >
            <IconPlus size={15} />
          </ActionIcon>
        )}
      </h2>
      {points.map((point, index) => {
        const Icon = ICONS[point.kind];
        return (
          <div key={point.id ?? index} className={classes.point}>
            <Icon size={15} stroke={1.6} className={classes.icon} aria-hidden />
            <span className={classes.value}>
              <FieldView field={as_field(point.kind, point.kind)} value={point.value} />
            </span>
            <span className={`${classes.label} clip`}>{label_of(point)}</span>
            {point.primary && <span className={classes.primary}>{t`primary`}</span>}
            {editable && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon size={24} aria-label={t`More actions`}>
                    <IconDots size={14} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item onClick={() => set_editing(index)}>{t`Edit`}</Menu.Item>
                  {!point.primary && (
                    <Menu.Item onClick={() => make_primary(index)}>{t`Make primary`}</Menu.Item>
                  )}
                  <Menu.Item onClick={() => put(points.filter((_, place) => place !== index))}>
                    {t`Remove`}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </div>
        );
      })}
      {!points.length && <p className="small faint">{t`None yet`}</p>}
      {editing !== null && (
        <PointDialog
          point={points[editing]}
          error={save.errors.contact_points ?? Object.values(save.errors)[0] ?? save.message}
          busy={save.busy}
          close={() => set_editing(null)}
          save={(next) => {
            const list = [...points];
            list[editing] = next;
            put(list);
          }}
        />
      )}
    </section>
  );
}

interface DialogProps {
  point: ContactPoint | undefined;
  error: string | undefined;
  busy: boolean;
  save: (point: ContactPoint) => void;
  close: () => void;
}

function PointDialog({ point, error, busy, save, close }: DialogProps) {
  const { t } = useLingui();
  const [kind, set_kind] = useState<Kind>(point?.kind ?? "phone");
  const [label, set_label] = useState(point?.label ?? "");
  const [value, set_value] = useState<unknown>(point?.value ?? "");
  const names: Record<Kind, string> = {
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
              set_kind(next as Kind);
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
