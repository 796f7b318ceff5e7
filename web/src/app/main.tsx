// SPDX-License-Identifier: Apache-2.0
import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "../kit/tokens.css";
import "../kit/base.css";
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { when_signed_out } from "../api/client";
import { stop_events } from "../api/events";
import { query_client } from "../api/queries";
import { activate_language, first_language } from "../base/i18n";
import { stored } from "../base/stored";
import { late } from "./first_screen";
import { Look } from "./look";
import { router } from "./routes";

// Fetched when the first screen stands; what is told before that waits in their store.
const Notifications = lazy(late(() => import("./notifications")));

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
// The scroll lock behind dialogs writes a style element; this is where it looks for the nonce.
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce ?? "";

when_signed_out(() => {
  if (["/sign-in", "/setup", "/password"].includes(router.state.location.pathname)) return;
  stop_events();
  const to = router.state.location.href;
  query_client.clear();
  void router.navigate({ to: "/sign-in", search: { to } });
});

document.documentElement.dataset.density = stored("density") ?? "comfortable";

activate_language(first_language()).then(() => {
  createRoot(document.getElementById("root")!).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <Look nonce={nonce ?? ""}>
          <QueryClientProvider client={query_client}>
            <Suspense>
              <Notifications position="bottom-center" limit={3} />
            </Suspense>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </Look>
      </I18nProvider>
    </StrictMode>,
  );
});
