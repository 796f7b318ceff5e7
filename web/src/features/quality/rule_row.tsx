// SPDX-License-Identifier: Apache-2.0
// One rule of the list: on or off, what it says, what it weighs, what it finds.
import { useLingui } from "@lingui/react/macro";
import { ActionIcon, Menu, Switch } from "@mantine/core";
import { IconDots, IconPencil, IconRestore, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../api/client";
import { number_text } from "../../base/format";
import { ConfirmDialog } from "../../kit/confirm_dialog";
import { Tag } from "../../kit/marks";
import { toast, toast_error } from "../../kit/toast";
import { useDictionary } from "../../records/dictionary";
import { useQualityErrors } from "./quality_errors";
import { refresh_rules } from "./queries";
import classes from "./rules.module.css";
import type { Rule } from "./types";
import { SeverityIcon, useFieldName } from "./words";

export function RuleRow({ rule, edit }: { rule: Rule; edit: () => void }) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const field_name = useFieldName();
  const errors = useQualityErrors();
  const [asking, set_asking] = useState(false);
  const path = `/quality/rules/${rule.key}`;
  const turn = useMutation({
    mutationFn: (is_on: boolean) => api.patch(path, { is_on }, rule.version),
    onError: (error) => toast_error(errors.whole(error)),
    onSettled: refresh_rules,
  });
  const remove = useMutation({
    mutationFn: () => api.remove(path),
    onSuccess: () => {
      set_asking(false);
      toast(rule.is_shipped ? t`The rule is as it comes with the program.` : t`Removed`);
    },
    onError: (error) => toast_error(errors.whole(error)),
    onSettled: refresh_rules,
  });
  const field = field_name(dictionary.type(rule.type), rule.field);
  const name = rule.text;
  const weight = number_text(rule.weight, 0);
  const open = number_text(rule.open ?? 0, 0);
  return (
    <li className={classes.rule} data-off={!rule.is_on || undefined}>
      <Switch
        aria-label={t`${name}: is on`}
        checked={turn.isPending ? turn.variables : rule.is_on}
        onChange={(event) => turn.mutate(event.currentTarget.checked)}
      />
      <SeverityIcon severity={rule.severity} />
      <button type="button" className={classes.rule_name} onClick={edit}>
        <span className="clip">{name}</span>
        <span className="small dim clip">{field || rule.filter}</span>
      </button>
      {!rule.is_shipped && <Tag colour="blue">{t`Own`}</Tag>}
      {rule.is_shipped && rule.is_changed && <Tag colour="teal">{t`Changed`}</Tag>}
      <span className={classes.weight} title={t`Points that each finding takes off the score`}>
        −{weight}
      </span>
      <Link
        to="/quality"
        search={{ type: rule.type, rule: rule.key } as never}
        className={classes.open_count}
        aria-label={t`${open} findings: ${name}`}
      >
        {open}
      </Link>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label={t`What to do with ${name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={edit}>
            {t`Edit`}
          </Menu.Item>
          {rule.is_shipped && rule.is_changed && (
            <Menu.Item leftSection={<IconRestore size={16} />} onClick={() => set_asking(true)}>
              {t`As it comes with the program`}
            </Menu.Item>
          )}
          {!rule.is_shipped && (
            <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => set_asking(true)}>
              {t`Remove`}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <ConfirmDialog
          title={rule.is_shipped ? t`Take back the changes?` : t`Remove the rule?`}
          confirm={rule.is_shipped ? t`Take back` : t`Remove`}
          cancel={t`Cancel`}
          busy={remove.isPending}
          on_confirm={() => remove.mutate()}
          close={() => set_asking(false)}
        >
          {rule.is_shipped
            ? t`“${name}” is then again as it comes with the program.`
            : t`What “${name}” has found goes with it.`}
        </ConfirmDialog>
      )}
    </li>
  );
}
