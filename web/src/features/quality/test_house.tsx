// SPDX-License-Identifier: Apache-2.0
// For tests: pages in a house with one record type, on a server that answers from a table.
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from "@tanstack/react-router";
import { configure, render } from "@testing-library/react";
import { type ReactNode, Suspense } from "react";
import { vi } from "vitest";
import { query_client } from "../../api/queries";
import { set_format_locale } from "../../base/format";
import { DictionaryProvider } from "../../records/dictionary";
import type { Rule } from "./types";

// A busy machine is slow; a test that fails is late anyway.
const PATIENCE_MS = 40_000;
vi.setConfig({ testTimeout: 3 * PATIENCE_MS });

const field = (name: string) => ({ name, kind: "text", label: { en: name } });
const META = {
  revision: 1,
  base_currency: "DKK",
  lists: {},
  types: [
    {
      name: "person",
      plural: "persons",
      label: { en: "Person" },
      label_plural: { en: "Persons" },
      fields: [field("first_name"), field("last_name")],
    },
  ],
};
const ME = {
  id: 1,
  name: "Me",
  functions: ["bulk_edit", "administer"],
  types: { "*": { read: true, update: true, create: true } },
};

export const CAPITALS: Rule = {
  key: "person_last_name_case",
  type: "person",
  is_shipped: true,
  is_changed: false,
  is_on: true,
  version: 1,
  severity: "advice",
  weight: 5,
  check: "name_case",
  filter: null,
  field: "last_name",
  params: {},
  fix: "suggestion",
  fix_value: null,
  message: { en: "Name in capitals" },
  text: "Name in capitals",
  open: 2,
};

export type Answer = (method: string, path: string, body: unknown) => unknown;

// Answers what every page asks for, and the rest from the table; returns what was sent.
export function prepare(answer: Answer): string[] {
  const sent: string[] = [];
  configure({
    asyncUtilTimeout: PATIENCE_MS,
    getElementError: (message) => new Error(String(message).slice(0, 600)),
  });
  i18n.loadAndActivate({ locale: "en", messages: {} });
  set_format_locale("en", "Europe/Copenhagen");
  query_client.clear();
  Element.prototype.scrollIntoView = () => {};
  const ignore = () => {};
  Object.defineProperty(window, "matchMedia", {
    configurable: true,
    value: () => ({ matches: false, addEventListener: ignore, removeEventListener: ignore }),
  });
  Object.defineProperty(document, "fonts", {
    configurable: true,
    value: { addEventListener: ignore, removeEventListener: ignore },
  });
  const common: Record<string, unknown> = {
    "/me": ME,
    "/meta": META,
    "/layouts": { items: [] },
    "/quality/rules": { rules: [CAPITALS] },
    "/quality/status": { types: [] },
  };
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const path = String(url).replace("/api/v1", "");
    const method = init.method ?? "GET";
    const match = (init.headers as Record<string, string> | undefined)?.["If-Match"];
    if (method !== "GET") sent.push([method, path, init.body, match].filter(Boolean).join(" "));
    const body = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
    const usual = method === "GET" ? common[path.split("?")[0] ?? ""] : undefined;
    return new Response(JSON.stringify(usual ?? answer(method, path, body) ?? {}));
  });
  return sent;
}

// The page at an address; the addresses that it leads to are empty.
export function show(Page: () => ReactNode, address: string) {
  const here = address.split("?")[0] ?? "";
  const root = createRootRoute({ component: Outlet });
  const others = ["/quality", "/quality/score", "/settings/quality", "/$plural/$id"];
  const route = (path: string) =>
    createRoute({
      getParentRoute: () => root,
      path,
      component: path === here ? Page : Outlet,
    });
  const paths = [here, ...others.filter((path) => path !== here)];
  const router = createRouter({
    routeTree: root.addChildren(paths.map(route)),
    history: createMemoryHistory({ initialEntries: [address] }),
  });
  render(
    <MantineProvider>
      <Notifications />
      <QueryClientProvider client={query_client}>
        <I18nProvider i18n={i18n}>
          <Suspense>
            <DictionaryProvider>
              <RouterProvider router={router as never} />
            </DictionaryProvider>
          </Suspense>
        </I18nProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return router;
}
