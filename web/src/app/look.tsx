// SPDX-License-Identifier: Apache-2.0
import { useLingui } from "@lingui/react/macro";
import { MantineProvider } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { css_variables, make_theme } from "../kit/theme";

export function Look({ nonce, children }: { nonce: string; children: ReactNode }) {
  const { t } = useLingui();
  const theme = useMemo(() => make_theme({ clear: t`Clear`, close: t`Close` }), [t]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={css_variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  );
}
