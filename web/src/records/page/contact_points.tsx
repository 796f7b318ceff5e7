// SPDX-License-Identifier: Apache-2.0
// All phones, addresses, … of a record; one of each kind is the primary one.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu } from "@mantine/core";
import {
  IconDots,
  IconMail,
  IconMapPin,
  IconPhone,
  IconPlus,
  IconWorld,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import type { ContactPoint, Row, TypeMeta } from "../../api/types";
import { useDictionary } from "../dictionary";
import { FieldView } from "../fields/field";
import { useContactLabel } from "./contact_labels";
import { ADDRESS_LABELS, as_field } from "./contact_point_parts";
import classes from "./contact_points.module.css";
import { MaskedValue } from "./masked_value";
import section_classes from "./record_sections.module.css";
import { useSaveField } from "./use_save_field";

const ICONS = { phone: IconPhone, email: IconMail, url: IconWorld, address: IconMapPin };

const POINTS = "contact_points";
const PointDialog = lazy(() => import("./contact_point_dialog"));

function point_name({ value }: ContactPoint): string {
  if (typeof value === "string") return value;
  return [value.street, value.city].filter(Boolean).join(", ");
}

interface Props {
  type: TypeMeta;
  record: Row;
  editable: boolean;
}

export function ContactPoints({ type, record, editable }: Props) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const contact_label = useContactLabel();
  const label_of = (point: ContactPoint) =>
    point.kind === "address"
      ? dictionary.text(dictionary.item(ADDRESS_LABELS, point.label ?? "")?.label, point.label)
      : contact_label(point.label ?? "");
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
  if (record.masked?.includes(POINTS)) return <MaskedPoints type={type} record={record} />;
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
        const name = point_name(point);
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
                  <ActionIcon size={24} aria-label={t`What to do with ${name}`}>
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
        <Suspense>
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
        </Suspense>
      )}
    </section>
  );
}

function MaskedPoints({ type, record }: { type: TypeMeta; record: Row }) {
  const { t } = useLingui();
  return (
    <section className={section_classes.section}>
      <h2 className={section_classes.title}>{t`Contact points`}</h2>
      <MaskedValue type={type} id={record.id} field={POINTS} label={t`Contact points`}>
        {(value) => (
          <ul className={classes.revealed}>
            {(value as ContactPoint[]).map((point) => (
              <li key={point.id ?? point_name(point)}>
                <FieldView field={as_field(point.kind, point.kind)} value={point.value} />
              </li>
            ))}
          </ul>
        )}
      </MaskedValue>
    </section>
  );
}
