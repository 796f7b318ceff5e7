// SPDX-License-Identifier: Apache-2.0
// When a section or a field is shown: conditions, or text for what conditions cannot say.
import { useLingui } from "@lingui/react/macro";
import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { TypeMeta } from "../../api/types";
import { Modal } from "../../kit/dialog";
import { FilterChips } from "../../records/filter/filter_chips";
import { parse_filter } from "../../records/filter/filter_text";
import classes from "./layouts.module.css";

const RULE_MAX = 2000;

interface Props {
  type: TypeMeta;
  title: string;
  rule: string;
  save: (rule: string) => void;
  close: () => void;
}

export default function RuleDialog({ type, title, rule, save, close }: Props) {
  const { t } = useLingui();
  const [text, set_text] = useState(rule);
  const conditions = parse_filter(text);
  const [wants_text, set_wants_text] = useState(!conditions);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // The popover of a condition stands within; its own form is not this one.
    event.stopPropagation();
    save(text.trim());
    close();
  };
  return (
    <Modal
      opened
      onClose={close}
      size={520}
      title={t`${title}: shown only when`}
      closeButtonProps={{ "aria-label": t`Close` }}
    >
      <div className="stack">
        <p className="dim">{t`Without a condition it is always shown.`}</p>
        {wants_text || !conditions ? (
          <Textarea
            label={t`Condition as text`}
            autosize
            maxLength={RULE_MAX}
            spellCheck={false}
            placeholder="status eq 'lost' or amount gt 100000"
            value={text}
            onChange={(event) => set_text(event.currentTarget.value)}
          />
        ) : (
          <div className={classes.conditions}>
            <FilterChips type={type} conditions={conditions} change={set_text} />
          </div>
        )}
        <form className="row spread" onSubmit={submit}>
          <Button
            variant="subtle"
            color="gray"
            disabled={wants_text && !conditions}
            onClick={() => set_wants_text(!wants_text)}
          >
            {wants_text ? t`Edit as conditions` : t`Edit as text`}
          </Button>
          <Button type="submit">{t`Use it`}</Button>
        </form>
      </div>
    </Modal>
  );
}
