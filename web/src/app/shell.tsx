// SPDX-License-Identifier: Apache-2.0
// The frame around every page: navigation at the side, or a bar at the bottom of a phone.
import { useLingui } from "@lingui/react/macro";
import { useMantineColorScheme } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useLayoutEffect, useState } from "react";
import { start_events, stop_events } from "../api/events";
import { me_query } from "../api/queries";
import { set_format_locale } from "../base/format";
import { activate_language } from "../base/i18n";
import { store, stored } from "../base/stored";
import { useCommands } from "../records/commands";
import { DictionaryProvider } from "../records/dictionary";
import { RecordActionDialog } from "../records/record_actions";
import { late } from "./first_screen";
import { Navigation } from "./navigation";
import { OfflineBanner } from "./offline_banner";
import classes from "./shell.module.css";

const BottomBar = lazy(() => import("./bottom_bar"));
const load_palette = () => import("./command_palette");
const JobTray = lazy(late(() => import("../records/jobs/job_tray")));
const load_create = async () => {
  const dialog = await import("../records/create_dialog");
  dialog.fetch_layouts();
  return dialog;
};
const CommandPalette = lazy(load_palette);
const CreateDialog = lazy(load_create);
const ReminderToasts = lazy(late(() => import("../features/notifications/reminder_toasts")));
const KeySheet = lazy(() => import("./help/key_sheet"));
const Tour = lazy(() => import("./help/tour"));
const PHONE = "(max-width: 700px)";

export function Shell() {
  usePreferences();
  useEffect(() => {
    start_events();
    // While nothing else happens, so that the first keystroke after Ctrl-K is not lost.
    void late(() => Promise.all([load_palette(), load_create()]))();
    return stop_events;
  }, []);
  return (
    <DictionaryProvider>
      <Frame />
    </DictionaryProvider>
  );
}

function Frame() {
  const { t } = useLingui();
  const phone = useMediaQuery(PHONE, window.matchMedia(PHONE).matches);
  const [narrow, set_narrow] = useState(stored("nav") === "narrow");
  const toggle = () => {
    store("nav", narrow ? "wide" : "narrow");
    set_narrow(!narrow);
  };
  const commands = useCommands();
  return (
    <div className={classes.frame} data-phone={phone || undefined}>
      <a className="skip_link" href="#main">
        {t`Skip to content`}
      </a>
      {!phone && <Navigation narrow={narrow} toggle={toggle} />}
      <div className={classes.content}>
        <OfflineBanner />
        <main id="main" className={classes.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Suspense>{phone && <BottomBar />}</Suspense>
      {/* On their own: what comes late must not hide a dialog in which somebody types. */}
      <Suspense>
        <JobTray />
      </Suspense>
      <Suspense>
        <ReminderToasts />
      </Suspense>
      <Suspense>
        {commands.palette && <CommandPalette close={commands.close_palette} />}
        {commands.creating && <CreateDialog {...commands.creating} close={commands.close_create} />}
        {commands.help === "keys" && <KeySheet close={commands.close_help} />}
        {commands.help === "tour" && <Tour close={commands.close_help} />}
        <RecordActionDialog />
      </Suspense>
    </div>
  );
}

// The user's saved preferences win over what the browser guessed.
function usePreferences() {
  const { data: me } = useQuery(me_query);
  const { setColorScheme } = useMantineColorScheme();
  if (me) set_format_locale(stored("language") ?? me.language, me.time_zone);
  useLayoutEffect(() => {
    if (!me) return;
    const density = me.density ?? "comfortable";
    document.documentElement.dataset.density = density;
    store("density", density);
    setColorScheme(me.theme === "system" || !me.theme ? "auto" : me.theme);
  }, [me, setColorScheme]);
  useEffect(() => {
    if (me?.language) void activate_language(me.language);
  }, [me?.language]);
}
