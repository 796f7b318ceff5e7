// SPDX-License-Identifier: Apache-2.0
// Every address of the product. Pages are loaded when first visited.
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { lazy } from "react";
import { ApiError } from "../api/client";
import { me_query, meta_query, query_client, views_query } from "../api/queries";
import { register_page_menu } from "../features/dashboards/page_menu";
import type { DiarySearch } from "../features/diary/diary_state";
import type { DuplicateSearch } from "../features/duplicates/duplicates_page";
import { merge_actions } from "../features/merge/record_actions";
import { reader_actions } from "../features/readers/record_actions";
import { register_update_actions } from "../features/register_updates/record_actions";
import { company_suggestions } from "../features/registers/create_suggestions";
import { selection_actions } from "../features/selections/record_actions";
import { register_profile_part } from "../features/settings/profile_parts";
import { register_create_suggestions } from "../records/create_suggestions";
import { register_create_warning } from "../records/create_warnings";
import { register_field_hints } from "../records/field_hints";
import { register_member_charts } from "../records/member_charts";
import { register_record_actions } from "../records/record_actions";
import { register_record_header_part } from "../records/record_header_parts";
import { register_record_hint } from "../records/record_hints";
import { register_record_parts } from "../records/record_parts";
import { register_trend_chart } from "../records/trend_chart";
import { late } from "./first_screen";
import { PageError } from "./page_error";
import { PagePending } from "./page_pending";
import { Shell } from "./shell";

register_record_actions(selection_actions);
register_record_actions(merge_actions);
register_record_actions(reader_actions);
register_record_actions(register_update_actions);
register_create_suggestions(company_suggestions);
register_create_warning(lazy(() => import("../features/duplicates/create_warning")));
register_record_hint(lazy(late(() => import("../features/duplicates/record_hint"))));
register_record_parts("sale", {
  band: lazy(() => import("../features/sales_guide/stage_band")),
  side: lazy(() => import("../features/sales_guide/guide_side")),
});
register_record_parts("company", {
  side: lazy(late(() => import("../features/register_updates/company_side"))),
});
register_record_parts("person", {
  side: lazy(late(() => import("../records/page/notice_band"))),
});
register_member_charts(lazy(() => import("../features/dashboards/member_charts")));
register_profile_part(lazy(() => import("../features/notifications/choices_block")));
register_profile_part(lazy(() => import("../features/diary/feed_block")));
register_profile_part(lazy(() => import("../features/dav/dav_block")));
register_record_header_part(lazy(late(() => import("../features/quality/score_badge"))));
register_record_header_part(lazy(late(() => import("../features/notifications/watch_button"))));
register_field_hints({
  entry: lazy(late(() => import("../features/quality/entry_hint"))),
  stored: lazy(late(() => import("../features/quality/stored_hint"))),
  origin: lazy(late(() => import("../records/page/origin_mark"))),
});
register_trend_chart(lazy(() => import("../features/dashboards/trend_chart")));
register_page_menu({
  items: lazy(() => import("../features/reports/menu_items")),
  dialog: lazy(() => import("../features/reports/report_dialog")),
});

const root = createRootRoute({ component: Outlet, errorComponent: PageError });

const sign_in = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search): { to?: string } =>
    typeof search.to === "string" ? { to: search.to } : {},
  component: lazyRouteComponent(() => import("../features/sign_in/sign_in_page"), "SignInPage"),
});
const setup = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("../features/sign_in/setup_page"), "SetupPage"),
});

const password = createRoute({
  getParentRoute: () => root,
  path: "/password",
  component: lazyRouteComponent(() => import("../features/sign_in/password_page"), "PasswordPage"),
});

// Everything below needs a session and the dictionary.
const house = createRoute({
  getParentRoute: () => root,
  id: "house",
  component: Shell,
  errorComponent: PageError,
  beforeLoad: async ({ location }) => {
    try {
      await Promise.all([
        query_client.ensureQueryData(me_query),
        query_client.ensureQueryData(meta_query),
      ]);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: "/sign-in", search: { to: location.href } });
      }
      throw error;
    }
  },
});

export interface ListSearch {
  view?: string | number;
  filter?: string;
  sort?: string;
  columns?: string;
  group_by?: string;
  sum?: string;
  density?: string;
  presentation?: string;
  q?: string;
  day?: string;
  raw?: boolean;
}

const LIST_PARTS = "view filter sort columns group_by sum density presentation q day".split(" ");

function list_search(search: Record<string, unknown>): ListSearch {
  // Empty is kept: a filter that was taken away from a view is not the view's filter.
  const kept: Record<string, string | number> = Object.fromEntries(
    LIST_PARTS.flatMap((name) =>
      search[name] === undefined ? [] : [[name, String(search[name])]],
    ),
  );
  // As a number it stands in the address without quotes.
  if (Number(kept.view) > 0) kept.view = Number(kept.view);
  return search.raw ? { ...kept, raw: true } : kept;
}

const DashboardsPage = lazyRouteComponent(
  () => import("../features/dashboards/dashboards_page"),
  "DashboardsPage",
);
// These parts of an address, as text: a number in it (owner=5) is read as one.
const text_of = (names: string) => (search: Record<string, unknown>) => {
  const kept = names.split(" ").filter((name) => search[name]);
  return Object.fromEntries(kept.map((name) => [name, String(search[name])]));
};
const page_filters = text_of("period owner group country scope");
const home = createRoute({
  getParentRoute: () => house,
  path: "/",
  validateSearch: page_filters,
  component: DashboardsPage,
});
const dashboard = createRoute({
  getParentRoute: () => house,
  path: "/dashboards/$id",
  validateSearch: page_filters,
  component: DashboardsPage,
});
const list = createRoute({
  getParentRoute: () => house,
  path: "/$plural",
  validateSearch: list_search,
  loader: ({ params }) => {
    void query_client.prefetchQuery(views_query(params.plural));
  },
  component: lazyRouteComponent(() => import("../records/list/list_page"), "ListPage"),
});
const record = createRoute({
  getParentRoute: () => house,
  path: "/$plural/$id",
  validateSearch: (search): { tab?: string } =>
    typeof search.tab === "string" ? { tab: search.tab } : {},
  component: lazyRouteComponent(() => import("../records/page/record_page"), "RecordPage"),
});

const imports = createRoute({
  getParentRoute: () => house,
  path: "/import",
  component: lazyRouteComponent(() => import("../features/imports/imports_page"), "ImportsPage"),
});
const one_import = createRoute({
  getParentRoute: () => house,
  path: "/import/$id",
  validateSearch: (search): { step?: string } =>
    typeof search.step === "string" ? { step: search.step } : {},
  component: lazyRouteComponent(() => import("../features/imports/import_page"), "ImportPage"),
});
const diary = createRoute({
  getParentRoute: () => house,
  path: "/diary",
  validateSearch: (search): DiarySearch => ({
    ...(typeof search.view === "string" ? { view: search.view } : {}),
    ...(typeof search.day === "string" ? { day: search.day } : {}),
  }),
  component: lazyRouteComponent(() => import("../features/diary/diary_page"), "DiaryPage"),
});
const notifications = createRoute({
  getParentRoute: () => house,
  path: "/notifications",
  component: lazyRouteComponent(
    () => import("../features/notifications/notifications_page"),
    "NotificationsPage",
  ),
});
const selections = createRoute({
  getParentRoute: () => house,
  path: "/selections",
  component: lazyRouteComponent(
    () => import("../features/selections/selections_page"),
    "SelectionsPage",
  ),
});
const selection = createRoute({
  getParentRoute: () => house,
  path: "/selections/$id",
  validateSearch: (search): ListSearch & { tab?: string } => ({
    ...list_search(search),
    ...(typeof search.tab === "string" ? { tab: search.tab } : {}),
  }),
  component: lazyRouteComponent(
    () => import("../features/selections/selection_page"),
    "SelectionPage",
  ),
});
const duplicates = createRoute({
  getParentRoute: () => house,
  path: "/duplicates",
  validateSearch: (search): DuplicateSearch => ({
    ...(typeof search.type === "string" ? { type: search.type } : {}),
    ...(typeof search.certainty === "string" ? { certainty: search.certainty } : {}),
    ...(search.owner ? { owner: String(search.owner) } : {}),
    ...(Number(search.pair) > 0 ? { pair: Number(search.pair) } : {}),
  }),
  component: lazyRouteComponent(
    () => import("../features/duplicates/duplicates_page"),
    "DuplicatesPage",
  ),
});
const merges = createRoute({
  getParentRoute: () => house,
  path: "/merges",
  component: lazyRouteComponent(() => import("../features/merge/merges_page"), "MergesPage"),
});
const quality = createRoute({
  getParentRoute: () => house,
  path: "/quality",
  validateSearch: text_of("type rule severity field owner group value dismissed by finding"),
  component: lazyRouteComponent(() => import("../features/quality/quality_page"), "QualityPage"),
});
const quality_score = createRoute({
  getParentRoute: () => house,
  path: "/quality/score",
  validateSearch: text_of("type"),
  component: lazyRouteComponent(() => import("../features/quality/score_page"), "ScorePage"),
});
const register_updates = createRoute({
  getParentRoute: () => house,
  path: "/register-updates",
  validateSearch: text_of("state field provider owner proposal"),
  component: lazyRouteComponent(
    () => import("../features/register_updates/review_page"),
    "ReviewPage",
  ),
});
const reports = createRoute({
  getParentRoute: () => house,
  path: "/reports",
  // The one that a letter names.
  validateSearch: (search): { report?: number } =>
    Number(search.report) > 0 ? { report: Number(search.report) } : {},
  component: lazyRouteComponent(() => import("../features/reports/reports_page"), "ReportsPage"),
});
const bin = createRoute({
  getParentRoute: () => house,
  path: "/bin",
  validateSearch: (search): { type?: string } =>
    typeof search.type === "string" ? { type: search.type } : {},
  component: lazyRouteComponent(() => import("../records/bin_page"), "BinPage"),
});
const settings = createRoute({
  getParentRoute: () => house,
  path: "/settings",
  component: lazyRouteComponent(() => import("../features/settings/settings_page"), "SettingsPage"),
});
const settings_start = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/profile" });
  },
});
const profile = createRoute({
  getParentRoute: () => settings,
  path: "/profile",
  component: lazyRouteComponent(() => import("../features/settings/profile_page"), "ProfilePage"),
});
const general = createRoute({
  getParentRoute: () => settings,
  path: "/general",
  component: lazyRouteComponent(() => import("../features/settings/general_page"), "GeneralPage"),
});
const currencies = createRoute({
  getParentRoute: () => settings,
  path: "/currencies",
  component: lazyRouteComponent(
    () => import("../features/settings/currencies_page"),
    "CurrenciesPage",
  ),
});
const users = createRoute({
  getParentRoute: () => settings,
  path: "/users",
  component: lazyRouteComponent(() => import("../features/settings/users_page"), "UsersPage"),
});
const groups = createRoute({
  getParentRoute: () => settings,
  path: "/groups",
  component: lazyRouteComponent(() => import("../features/settings/groups_page"), "GroupsPage"),
});
const roles = createRoute({
  getParentRoute: () => settings,
  path: "/roles",
  component: lazyRouteComponent(() => import("../features/settings/roles_page"), "RolesPage"),
});
const types = createRoute({
  getParentRoute: () => settings,
  path: "/types",
  component: lazyRouteComponent(() => import("../features/settings/types_page"), "TypesPage"),
});
const lists = createRoute({
  getParentRoute: () => settings,
  path: "/lists",
  component: lazyRouteComponent(() => import("../features/settings/lists_page"), "ListsPage"),
});
const registers = createRoute({
  getParentRoute: () => settings,
  path: "/registers",
  component: lazyRouteComponent(
    () => import("../features/registers/registers_page"),
    "RegistersPage",
  ),
});
const connections = createRoute({
  getParentRoute: () => settings,
  path: "/connections",
  component: lazyRouteComponent(
    () => import("../features/connect/connections_page"),
    "ConnectionsPage",
  ),
});
const egress = createRoute({
  getParentRoute: () => settings,
  path: "/egress",
  component: lazyRouteComponent(() => import("../features/connect/egress_page"), "EgressPage"),
});
const layouts = createRoute({
  getParentRoute: () => settings,
  path: "/layouts",
  component: lazyRouteComponent(() => import("../features/layouts/layouts_page"), "LayoutsPage"),
});
const sales_guide = createRoute({
  getParentRoute: () => settings,
  path: "/sales-guide",
  component: lazyRouteComponent(() => import("../features/sales_guide/guide_page"), "GuidePage"),
});
const duplicate_rules = createRoute({
  getParentRoute: () => settings,
  path: "/duplicates",
  component: lazyRouteComponent(() => import("../features/duplicates/rules_page"), "RulesPage"),
});
const quality_rules = createRoute({
  getParentRoute: () => settings,
  path: "/quality",
  component: lazyRouteComponent(() => import("../features/quality/rules_page"), "RulesPage"),
});
const panel_hosts = createRoute({
  getParentRoute: () => settings,
  path: "/panels",
  component: lazyRouteComponent(
    () => import("../features/dashboards/panel_hosts_page"),
    "PanelHostsPage",
  ),
});
const jobs = createRoute({
  getParentRoute: () => settings,
  path: "/jobs",
  component: lazyRouteComponent(() => import("../features/settings/jobs_page"), "JobsPage"),
});
const access_log = createRoute({
  getParentRoute: () => settings,
  path: "/access-log",
  component: lazyRouteComponent(
    () => import("../features/settings/access_log_page"),
    "AccessLogPage",
  ),
});

const settings_tree = settings.addChildren([
  settings_start,
  profile,
  general,
  currencies,
  users,
  groups,
  roles,
  types,
  layouts,
  lists,
  sales_guide,
  registers,
  duplicate_rules,
  quality_rules,
  panel_hosts,
  connections,
  jobs,
  access_log,
  egress,
]);
const house_tree = house.addChildren([
  home,
  dashboard,
  diary,
  notifications,
  imports,
  one_import,
  selections,
  selection,
  duplicates,
  quality,
  quality_score,
  merges,
  register_updates,
  reports,
  bin,
  settings_tree,
  list,
  record,
]);

export const router = createRouter({
  routeTree: root.addChildren([sign_in, setup, password, house_tree]),
  defaultPendingComponent: PagePending,
  defaultPendingMs: 150,
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
