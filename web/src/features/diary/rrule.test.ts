// SPDX-License-Identifier: Apache-2.0
import { i18n, type MessageDescriptor } from "@lingui/core";
import { expect, it } from "vitest";
import { set_format_locale } from "../../base/format";
import { repeat_text } from "./repeat_text";
import { new_repeat, nth_choice, parse_rule, render_rule } from "./rrule";

const ZONE = "Europe/Copenhagen";
i18n.loadAndActivate({ locale: "en", messages: {} });
const words = (rule: string) => {
  set_format_locale("en", ZONE);
  return repeat_text(parse_rule(rule, ZONE)!, (message: MessageDescriptor) => i18n._(message));
};

it("writes and reads the same rules", () => {
  for (const rule of [
    "FREQ=DAILY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=10",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=2TU",
    "FREQ=YEARLY;UNTIL=20301231T225959Z",
  ])
    expect(render_rule(parse_rule(rule, ZONE)!, ZONE)).toBe(rule);
  expect(render_rule(null, ZONE)).toBe("");
  expect(parse_rule("", ZONE)).toBeNull();
});
it("counts the last day in the zone where the series is at home", () => {
  const repeat = { ...new_repeat("DAILY", "2026-07-01"), until: "2026-07-31" };
  expect(render_rule(repeat, ZONE)).toBe("FREQ=DAILY;UNTIL=20260731T215959Z");
  expect(parse_rule("FREQ=DAILY;UNTIL=20260731T215959Z", ZONE)?.until).toBe("2026-07-31");
  expect(parse_rule("FREQ=DAILY;UNTIL=20260731", ZONE)?.until).toBe("2026-07-31");
});
it("leaves rules alone that it has no words for", () => {
  expect(parse_rule("FREQ=MONTHLY;BYMONTHDAY=1,15", ZONE)).toBeUndefined();
  expect(parse_rule("FREQ=HOURLY", ZONE)).toBeUndefined();
  expect(parse_rule("FREQ=MONTHLY;BYDAY=1MO,3MO", ZONE)).toBeUndefined();
  expect(parse_rule("FREQ=DAILY;UNTIL=tomorrow", ZONE)).toBeUndefined();
});
it("takes the last one rather than the fifth", () => {
  expect(nth_choice("2026-11-27")).toEqual({ week: -1, day: "FR" });
  expect(nth_choice("2026-11-13")).toEqual({ week: 2, day: "FR" });
});
it("says a rule in words", () => {
  expect(words("FREQ=DAILY")).toBe("Every day");
  expect(words("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,MO;COUNT=10")).toBe(
    "Every 2 weeks on Monday and Wednesday, 10 times",
  );
  expect(words("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")).toBe("Every week on weekdays");
  expect(words("FREQ=MONTHLY;BYDAY=-1FR")).toBe("Every month on the last Friday");
  expect(words("FREQ=YEARLY;UNTIL=20301231T225959Z")).toBe("Every year, until 31 Dec 2030");
});
