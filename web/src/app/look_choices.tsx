// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { SegmentedControl } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { api } from "../api/client";
import { query_client } from "../api/queries";
import type { Me } from "../api/types";
import { activate_language, LANGUAGES } from "../base/i18n";
import { toast_error } from "../kit/toast";
import { useDictionary } from "../records/dictionary";
import { error_text } from "../records/error_text";

function usePreference() {
  const { i18n } = useLingui();
  return useMutation({
    mutationFn: (change: Partial<Me>) => api.patch<Me>("/me", change),
    onMutate: (change) => {
      query_client.setQueryData<Me>(["me"], (old) => old && { ...old, ...change });
      if (change.language) void activate_language(change.language);
    },
    onError: (error) => {
      toast_error(error_text(error, (message) => i18n._(message)));
      void query_client.invalidateQueries({ queryKey: ["me"] });
    },
  });
}

export default function LookChoices() {
  const { t, i18n } = useLingui();
  const { me } = useDictionary();
  const preference = usePreference();
  return (
    <div style={{ padding: "6px 8px", display: "grid", gap: 8 }}>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t`Theme`}
        value={me.theme ?? "system"}
        onChange={(theme) => preference.mutate({ theme: theme as Me["theme"] })}
        data={[
          { value: "system", label: t`System` },
          { value: "light", label: t`Light` },
          { value: "dark", label: t`Dark` },
        ]}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t`Density`}
        value={me.density ?? "comfortable"}
        onChange={(density) => preference.mutate({ density: density as Me["density"] })}
        data={[
          { value: "comfortable", label: t`Comfortable` },
          { value: "compact", label: t`Compact` },
        ]}
      />
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t`Language`}
        value={i18n.locale}
        onChange={(language) => preference.mutate({ language })}
        data={LANGUAGES.map((entry) => ({ value: entry.code, label: entry.code.toUpperCase() }))}
      />
    </div>
  );
}
