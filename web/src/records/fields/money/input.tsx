// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { NumberInput, Select } from "@mantine/core";
import type { Money } from "../../../api/types";
import { currency_scale } from "../../../base/format";
import { useDictionary } from "../../dictionary";
import { type InputProps, input_frame } from "../field_parts";
import { number_marks } from "../integer/number_marks";
import { currency_codes } from "./codes";

export function Input(props: InputProps) {
  const { t } = useLingui();
  const { meta } = useDictionary();
  const money = (props.value as Money | null) ?? { amount: "", currency: meta.base_currency };
  const currencies = currency_codes(meta, money.currency);
  const scale = currency_scale(money.currency);
  const set = (next: Money) => props.on_change(next.amount === "" ? null : next);
  return (
    <NumberInput
      {...input_frame(props)}
      {...number_marks()}
      decimalScale={scale}
      value={money.amount === "" ? "" : Number(money.amount)}
      onChange={(amount) =>
        set({ ...money, amount: amount === "" ? "" : Number(amount).toFixed(scale) })
      }
      rightSectionWidth={84}
      rightSection={
        <Select
          aria-label={t`Currency`}
          variant="unstyled"
          w={76}
          data={currencies}
          value={money.currency}
          allowDeselect={false}
          onChange={(currency) => set({ ...money, currency: currency ?? money.currency })}
        />
      }
    />
  );
}
