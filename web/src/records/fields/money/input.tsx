// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { NumberInput, Select } from "@mantine/core";
import type { Money } from "../../../api/types";
import { useDictionary } from "../../dictionary";
import { type InputProps, input_frame } from "../field_parts";
import { number_marks } from "../integer/number_marks";

const CURRENCIES = ["DKK", "EUR", "SEK", "NOK", "USD", "GBP", "CHF", "PLN"];

export function Input(props: InputProps) {
  const { t } = useLingui();
  const { meta } = useDictionary();
  const money = (props.value as Money | null) ?? { amount: "", currency: meta.base_currency };
  const currencies = [...new Set([meta.base_currency, money.currency, ...CURRENCIES])];
  const set = (next: Money) => props.on_change(next.amount === "" ? null : next);
  return (
    <NumberInput
      {...input_frame(props)}
      {...number_marks()}
      decimalScale={2}
      value={money.amount === "" ? "" : Number(money.amount)}
      onChange={(amount) =>
        set({ ...money, amount: amount === "" ? "" : Number(amount).toFixed(2) })
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
