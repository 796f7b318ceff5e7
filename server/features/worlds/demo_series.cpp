// SPDX-License-Identifier: Apache-2.0
// What comes again every week or month at Nordlys Inventar, and who is asked to it.
#include <algorithm>
#include <array>

#include "features/worlds/demo_plan.hpp"
#include "platform/locale.hpp"

namespace fokus::worlds::demo {
namespace {

namespace json = boost::json;

constexpr const char* zone_name = "Europe/Copenhagen";
constexpr int weeks_back = 6;

struct Habit {
  const char *title, *group, *rule, *location;
  int day, hour, minutes, reminder;  // of its first week: 0 is Monday
};

constexpr std::array habits = std::to_array<Habit>({
    {"Salgsmøde", "Salg", "FREQ=WEEKLY;BYDAY=MO", "Mødelokale 1", 0, 9, 60, 15},
    {"Ugens leverancer", "Service", "FREQ=WEEKLY;BYDAY=MO,TH", "Lageret", 0, 8, 30, 10},
    {"Ledermøde", "Ledelse", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "Mødelokale 2", 1, 13, 90, 30},
    {"Gennemgang af tilbud", "Salg", "FREQ=WEEKLY;BYDAY=WE", "Mødelokale 1", 2, 14, 45, 15},
    {"Servicebiler efterses", "Service", "FREQ=WEEKLY;BYDAY=FR", "Gården", 4, 12, 30, 0},
    {"Fredagskaffe", "Salg", "FREQ=MONTHLY;BYDAY=-1FR", "Køkkenet", 4, 15, 30, 10},
});
static_assert(habits.size() == series_count);

const char* answer_of(Draw& draw) {
  constexpr int weights[] = {70, 10, 8, 12};
  constexpr std::array answers = {"accepted", "tentative", "declined", "invited"};
  return answers[static_cast<std::size_t>(draw.weighted(weights))];
}

}  // namespace

void Company::invite(Draw& draw, Slot activity, Slot author, const std::vector<Slot>& asked) {
  for (const Slot user : asked)
    if (user != author) plan.invitations.push_back({activity, user, author, answer_of(draw), now});
}

void Company::add_series() {
  Draw draw = dice.fork(11);
  const auto zone = TimeZone::find(zone_name).value_or(TimeZone::utc());
  const Date monday = plus_days(today, 1 - weekday(today) - 7 * weeks_back);
  for (const auto& habit : habits) {
    const Instant starts = zone.instant_of(plus_days(monday, habit.day), habit.hour * ms_per_hour);
    const auto asked = users_of(habit.group);
    const Slot owner = draw.pick(asked);
    json::object values{{"name", habit.title},
                        {"kind", "meeting"},
                        {"status", "planned"},
                        {"starts_at", render_instant(starts)},
                        {"ends_at", render_instant(starts.plus_ms(habit.minutes * ms_per_minute))},
                        {"location", habit.location},
                        {"recurrence", habit.rule},
                        {"recurrence_zone", zone_name}};
    if (habit.reminder > 0) values["reminder_minutes"] = habit.reminder;
    const Slot slot = plan.add({starts.plus_ms(-3 * ms_per_day),
                                owner,
                                "activity",
                                std::move(values),
                                {{"owner", {owner}}}});
    invite(draw, slot, owner, asked);
  }
}

}  // namespace fokus::worlds::demo
