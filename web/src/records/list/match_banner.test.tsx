// SPDX-License-Identifier: Apache-2.0
import { i18n } from "@lingui/core";
import { I18nProvider } from "@lingui/react";
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, it, vi } from "vitest";
import type { TypeMeta } from "../../api/types";
import { set_format_locale } from "../../base/format";
import { type GridSelection, NOTHING, select_rows } from "../../kit/data_grid/grid_selection";
import { bulk_target } from "./bulk_target";
import type { ListState } from "./list_state";
import { MatchBanner } from "./match_banner";

i18n.loadAndActivate({ locale: "en", messages: {} });
set_format_locale("en", "Europe/Copenhagen");
Object.defineProperty(window, "matchMedia", {
  value: () => ({ matches: false, addEventListener: () => {}, removeEventListener: () => {} }),
});
const type = { name: "company", plural: "companies", fields: [] } as unknown as TypeMeta;
const state = { filter: "country eq 'DK'", q: "" } as ListState;
const page = Array.from({ length: 100 }, (_, place) => place + 1);

function Banner() {
  const [selection, select] = useState<GridSelection>(select_rows(NOTHING, page, true));
  return (
    <>
      <MatchBanner
        type={type}
        state={state}
        selection={selection}
        select={select}
        page_selected={!selection.all}
        more
      />
      <button type="button" onClick={() => select(select_rows(selection, [7], false))}>
        deselect 7
      </button>
      <output data-testid="wire">{JSON.stringify(bulk_target(selection, state))}</output>
    </>
  );
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it("offers all that match once the page is selected, but what one deselects", async () => {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    asked.push(`${url} ${init.body}`);
    return new Response(JSON.stringify({ total: { count: 12480 } }));
  });
  render(
    <MantineProvider>
      <QueryClientProvider client={new QueryClient()}>
        <I18nProvider i18n={i18n}>
          <Banner />
        </I18nProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  expect(screen.getByTestId("wire").textContent).toContain('{"ids":[1,2,3,');
  fireEvent.click(await screen.findByRole("button", { name: "Select all 12,480 that match" }));
  await screen.findByText("All 12,480 that match are selected.");
  fireEvent.click(screen.getByRole("button", { name: "deselect 7" }));
  await screen.findByText("All 12,480 that match are selected, but 1 taken out.");
  expect(JSON.parse(screen.getByTestId("wire").textContent!)).toEqual({
    filter: "country eq 'DK'",
    q: "",
    except: [7],
  });
  expect(asked[0]).toContain("/companies/aggregate");
});
