// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconArchive,
  IconCalendarPlus,
  IconDots,
  IconLink,
  IconRestore,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { api } from "../../api/client";
import { refresh_record } from "../../api/queries";
import type { Row, TypeMeta } from "../../api/types";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { Initials, SquareMark } from "../../kit/marks";
import { toast, toast_error } from "../../kit/toast";
import { open_create } from "../commands";
import { useDictionary } from "../dictionary";
import { FieldView } from "../fields/field";
import { is_empty } from "../fields/field_parts";
import { useTrail } from "../list_trail";
import { RecordMenuItems } from "../record_actions";
import { record_header_parts } from "../record_header_parts";
import { TypeIcon } from "../type_icon";
import { useErrorText } from "../use_translate";
import classes from "./record_page.module.css";
import { TrailSteps } from "./trail_steps";

export function RecordHeader({ type, record }: { type: TypeMeta; record: Row }) {
  const dictionary = useDictionary();
  const name = String(record.name ?? `#${record.id}`);
  const trail = useTrail(type.plural, record.id);
  const facts = (type.layout?.header ?? []).flatMap((path) => {
    const field = dictionary.field(type, path);
    return field && !is_empty(record[path]) ? [field] : [];
  });
  return (
    <header className={classes.header}>
      <div className={classes.way}>
        <nav className={classes.crumbs} aria-label={dictionary.text(type.label_plural)}>
          <Link to={trail?.pathname ?? `/${type.plural}`} search={(trail?.search ?? {}) as never}>
            <TypeIcon type={type} size={14} />
            {dictionary.text(type.label_plural, type.plural)}
          </Link>
          <span aria-hidden>/</span>
          <span className="tabular">{record.id}</span>
        </nav>
        {trail && <TrailSteps plural={type.plural} trail={trail} />}
      </div>
      <div className={classes.title_row}>
        {type.about_person ? (
          <Initials name={name} size={32} />
        ) : (
          <SquareMark name={name} size={32} />
        )}
        <h1 className={`${classes.title} clip`}>{name}</h1>
        <HeaderActions type={type} record={record} name={name} />
      </div>
      {facts.length > 0 && (
        <div className={classes.facts}>
          {facts.map((field) => (
            <span key={field.name} className={classes.fact}>
              <span className={classes.fact_label}>{dictionary.text(field.label, field.name)}</span>
              <FieldView field={field} value={record[field.name]} />
            </span>
          ))}
        </div>
      )}
    </header>
  );
}

function HeaderActions({ type, record, name }: { type: TypeMeta; record: Row; name: string }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const navigate = useNavigate();
  const error_text = useErrorText();
  const [asking, set_asking] = useState(false);
  const archived = !is_empty(record.archived_at);
  const archive = useMutation({
    mutationFn: () => api.remove(`/${type.plural}/${record.id}`),
    onSuccess: () => {
      toast(t`Archived. You find it in the bin.`);
      refresh_record(type.plural, record.id);
      void navigate({ to: "/$plural", params: { plural: type.plural } });
    },
    onError: (error) => toast_error(error_text(error)),
  });
  const restore = useMutation({
    mutationFn: () => api.post(`/${type.plural}/${record.id}/restoration`),
    onSuccess: () => refresh_record(type.plural, record.id),
    onError: (error) => toast_error(error_text(error)),
  });
  const activity = dictionary.type("activity");
  const linkable = activity?.fields.some((field) => field.name === type.name);
  return (
    <div className={classes.actions}>
      {archived && (
        <Button
          leftSection={<IconRestore size={16} />}
          loading={restore.isPending}
          onClick={() => restore.mutate()}
        >
          {t`Restore`}
        </Button>
      )}
      {activity && linkable && !archived && dictionary.can("activity", "create") && (
        <Button
          variant="default"
          leftSection={<IconCalendarPlus size={16} />}
          visibleFrom="xs"
          onClick={() =>
            open_create({ type: "activity", initial: { [type.name]: { id: record.id, name } } })
          }
        >
          {dictionary.text(activity.label)}
        </Button>
      )}
      {!archived &&
        record_header_parts().map((Part, place) => (
          <Suspense key={place} fallback={<span className={classes.part} />}>
            <Part type={type} record={record} />
          </Suspense>
        ))}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t`More actions`}>
            <IconDots size={17} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconLink size={16} />}
            onClick={() =>
              void navigator.clipboard?.writeText(location.href).then(() => toast(t`Link copied`))
            }
          >
            {t`Copy link`}
          </Menu.Item>
          {!archived && <RecordMenuItems target={{ type, ids: [record.id], name }} />}
          {!archived && (record.rights?.archive ?? dictionary.can(type.name, "archive")) && (
            <Menu.Item leftSection={<IconArchive size={16} />} onClick={() => set_asking(true)}>
              {t`Archive`}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <ConfirmDialog
          title={t`Archive ${name}?`}
          confirm={t`Archive`}
          cancel={t`Cancel`}
          busy={archive.isPending}
          on_confirm={() => archive.mutate()}
          close={() => set_asking(false)}
        >
          {t`It moves to the bin, from where it can be restored.`}
        </ConfirmDialog>
      )}
    </div>
  );
}
