// SPDX-License-Identifier: Apache-2.0

import { useLingui } from "@lingui/react/macro";
import { CloseButton } from "@mantine/core";
import type { Ref } from "../../../api/types";
import { useDictionary } from "../../dictionary";
import type { InputProps } from "../field_parts";
import { RecordSelect } from "../link/record_select";

export function Input(props: InputProps) {
  const { t } = useLingui();
  const { type } = useDictionary();
  const refs = (props.value as Ref[] | null) ?? [];
  const target = props.field.target ?? "";
  return (
    <div className="stack" style={{ gap: 6 }}>
      <RecordSelect
        plural={type(target)?.plural ?? `${target}s`}
        value={null}
        label={props.label}
        aria_label={props.field.name}
        error={props.error}
        autofocus={props.autofocus}
        placeholder={t`Add`}
        on_change={(ref) => {
          if (ref && !refs.some((entry) => entry.id === ref.id)) props.on_change([...refs, ref]);
        }}
      />
      {refs.map((ref) => (
        <span key={ref.id} className="row spread">
          <span className="clip">{ref.name}</span>
          <CloseButton
            size={24}
            aria-label={t`Remove ${ref.name}`}
            onClick={() => props.on_change(refs.filter((entry) => entry.id !== ref.id))}
          />
        </span>
      ))}
    </div>
  );
}
