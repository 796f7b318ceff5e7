// SPDX-License-Identifier: Apache-2.0
import { FileInput } from "@mantine/core";
import { useState } from "react";
import { api } from "../../../api/client";
import type { Ref } from "../../../api/types";
import { type InputProps, input_frame } from "../field_parts";

export function Input(props: InputProps) {
  const [busy, set_busy] = useState(false);
  const current = props.value as Ref | null;
  const upload = async (file: File | null) => {
    if (!file) return props.on_change(null);
    set_busy(true);
    try {
      const stored = await api.upload<Ref>("/files", { name: file.name }, file);
      props.on_change(stored);
      props.on_done?.(stored);
    } finally {
      set_busy(false);
    }
  };
  return (
    <FileInput
      {...input_frame(props)}
      clearable
      disabled={busy}
      placeholder={current?.name}
      onChange={(file) => void upload(file)}
    />
  );
}
