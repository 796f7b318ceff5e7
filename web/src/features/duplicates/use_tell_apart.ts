// SPDX-License-Identifier: Apache-2.0
// "Not a duplicate": the pair leaves the queue at once, comes back when that is refused, and when
// it is taken back.
import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { TypeMeta } from "../../api/types";
import { toast_error, toast_undo } from "../../kit/toast";
import { useErrorText } from "../../records/use_translate";
import { dismiss, refresh_duplicates, restore } from "./queries";
import type { Pair } from "./types";

const ids_of = (pair: Pair): [number, number] => [pair.left.id, pair.right.id];

export function useTellApart(type: TypeMeta) {
  const { t } = useLingui();
  const error_text = useErrorText();
  const [told, set_told] = useState<Pair[]>([]);
  const forget = (pair: Pair) => set_told((old) => old.filter((entry) => entry.pair !== pair.pair));
  const take_back = async (pair: Pair) => {
    try {
      await restore(type.name, ids_of(pair));
      forget(pair);
      await refresh_duplicates();
    } catch (error) {
      toast_error(error_text(error));
    }
  };
  const tell = async (pair: Pair) => {
    set_told((old) => [...old, pair]);
    try {
      await dismiss(type.name, ids_of(pair));
      toast_undo(t`Not a duplicate: remembered.`, t`Undo`, () => void take_back(pair));
      await refresh_duplicates();
    } catch (error) {
      forget(pair);
      toast_error(error_text(error));
    }
  };
  const last = told.at(-1);
  return {
    gone: new Set(told.map((pair) => pair.pair)),
    dismiss: (pair: Pair) => void tell(pair),
    undo: last ? () => void take_back(last) : undefined,
  };
}
