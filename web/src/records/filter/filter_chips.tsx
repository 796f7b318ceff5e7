// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { Button, CloseButton, Popover } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import type { TypeMeta } from "../../api/types";
import { SkeletonLines } from "../../kit/states";
import { useDictionary } from "../dictionary";
import { path_label } from "../list/list_columns";
import classes from "../list/list_page.module.css";
import { useTranslate } from "../use_translate";
import { type Condition, filter_text } from "./filter_text";
import { choice_of } from "./operators";
import { told_field, useOriginLabel } from "./origin_fields";
import { useTermText } from "./term_text";

const ConditionForm = lazy(() => import("./condition_form"));

interface Props {
  type: TypeMeta;
  conditions: Condition[];
  change: (filter: string) => void;
  // Also asks where values came from; not where a rule is worked out in the browser.
  origins?: boolean;
}

export function FilterChips({ type, conditions, change, origins = false }: Props) {
  const { t } = useLingui();
  const replace = (index: number, next: Condition | null) => {
    const list = conditions.flatMap((entry, place) =>
      place === index ? (next ? [next] : []) : [entry],
    );
    change(filter_text(next && index === conditions.length ? [...list, next] : list));
  };
  return (
    <>
      {conditions.map((condition, index) => (
        <FilterChip
          key={`${condition.field}_${index}`}
          type={type}
          condition={condition}
          change={(next) => replace(index, next)}
          origins={origins}
        />
      ))}
      <ConditionPopover
        type={type}
        condition={null}
        origins={origins}
        change={(next) => replace(conditions.length, next)}
        target={(open) => (
          <Button
            variant="subtle"
            color="gray"
            h={28}
            px={8}
            leftSection={<IconFilter size={15} />}
            onClick={open}
          >
            {conditions.length ? t`Add` : t`Filter`}
          </Button>
        )}
      />
    </>
  );
}

interface ChipProps {
  type: TypeMeta;
  condition: Condition;
  change: (next: Condition | null) => void;
  origins: boolean;
}

function FilterChip({ type, condition, change, origins }: ChipProps) {
  const { t } = useLingui();
  const dictionary = useDictionary();
  const translate = useTranslate();
  const term_text = useTermText();
  const origin_label = useOriginLabel(type);
  const field = told_field(condition.field) ?? dictionary.field(type, condition.field);
  const choice = field && choice_of(condition, field.kind);
  const label = origin_label(condition.field) ?? path_label(dictionary, type, condition.field);
  return (
    <span className={classes.chip}>
      <ConditionPopover
        type={type}
        condition={condition}
        change={change}
        origins={origins}
        target={(open) => (
          <button type="button" className={classes.chip_text} onClick={open}>
            <span className="clip">{label}</span>
            <span className="dim clip" style={{ flex: "none" }}>
              {choice ? translate(choice.label) : condition.operator}
            </span>
            <span className={`${classes.chip_value} clip`}>
              {condition.terms.map((term) => term_text(term, field, condition.operator)).join(", ")}
            </span>
          </button>
        )}
      />
      <CloseButton
        size={26}
        aria-label={t`Remove the condition on ${label}`}
        onClick={() => change(null)}
      />
    </span>
  );
}

interface PopoverProps {
  type: TypeMeta;
  condition: Condition | null;
  change: (next: Condition) => void;
  origins: boolean;
  target: (open: () => void) => React.ReactElement;
}

function ConditionPopover({ type, condition, change, origins, target }: PopoverProps) {
  const [opened, set_opened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={set_opened}
      width={320}
      position="bottom-start"
      trapFocus
      closeOnClickOutside
    >
      <Popover.Target>{target(() => set_opened(!opened))}</Popover.Target>
      <Popover.Dropdown p={12}>
        {opened && (
          <Suspense fallback={<SkeletonLines count={4} />}>
            <ConditionForm
              type={type}
              condition={condition}
              origins={origins}
              save={(next) => {
                change(next);
                set_opened(false);
              }}
            />
          </Suspense>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
