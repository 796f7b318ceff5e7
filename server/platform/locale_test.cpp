// SPDX-License-Identifier: Apache-2.0
#include "platform/locale.hpp"
#include "platform/currency.hpp"
#include "platform/local_time.hpp"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace fokus {
namespace {

TEST(Fold, BothSpellingsMeet) {
  EXPECT_EQ(fold("Ærø"), "aeroe");
  EXPECT_EQ(fold("Aeroe"), "aeroe");
  EXPECT_EQ(fold("Århus"), fold("AARHUS"));
  EXPECT_EQ(fold("Jörg Grüßner"), "joerg grussner");
  EXPECT_EQ(fold("Müller"), "muller");
  EXPECT_EQ(fold("Þórður Łukasz Žižek"), "thordur lukasz zizek");
}

TEST(Fold, DecomposedIsTheSameAsComposed) {
  EXPECT_EQ(fold("A\xCC\x8Arhus"), "aarhus");   // A + combining ring
  EXPECT_EQ(fold("Mu\xCC\x88ller"), "muller");  // u + combining diaeresis
}

TEST(Fold, OtherScriptsBecomeLatin) {
  EXPECT_EQ(fold("Дмитрий Щербаков"), "dmitrij serbakov");
  EXPECT_EQ(fold("Игорь"), "igor");
  EXPECT_EQ(fold("Γιώργος Παπαδόπουλος"), "giorgos papadopoulos");
  EXPECT_EQ(fold("Ærø Дмитрий"), "aeroe dmitrij");
}

TEST(Fold, SpacesAndControlCharacters) {
  EXPECT_EQ(fold("  Ole \t\n Sø\x01rensen "), "ole soerensen");
  EXPECT_EQ(fold("a\xC2\xA0\xC2\xA0"
                 "b"),
            "a b");
  EXPECT_EQ(fold("   "), "");
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold("A"), "a");
}

TEST(Fold, IsIdempotentAndSurvivesForeignBytes) {
  for (const char* text : {"Ærø", "Łódź  x", "Ὀδυσσεύς", "東京", "Straße", "\xFF\xFE", "a\xCC"})
    EXPECT_EQ(fold(fold(text)), fold(text)) << text;
}

TEST(Fold, ThreadsDoNotDisturbEachOther) {
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 200; ++n)
        if (fold("Дмитрий") != "dmitrij" || fold("Øyvind") != "oeyvind") ++wrong;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST(FoldPhone, OneFormForAllSpellings) {
  EXPECT_EQ(fold_phone("+45 12 34 56 78"), "4512345678");
  EXPECT_EQ(fold_phone("0045 12345678"), "4512345678");
  EXPECT_EQ(fold_phone("(12) 34-56.78"), "12345678");
  EXPECT_EQ(fold_phone("+44 (0)20 7946 0958"), "442079460958");
  EXPECT_EQ(fold_phone("12 34 56 78 lok. 12"), "12345678");
  EXPECT_EQ(fold_phone("+٤٥ ١٢٣٤"), "451234");
  EXPECT_EQ(fold_phone("tlf. 12345678"), "12345678");
  EXPECT_EQ(fold_phone("no number"), "");
}

Instant at(std::string_view text) {
  return *parse_instant(text);
}

TEST(Zone, KnowsPlacesOnly) {
  EXPECT_TRUE(TimeZone::is_known("Europe/Copenhagen"));
  EXPECT_TRUE(TimeZone::is_known("UTC"));
  EXPECT_FALSE(TimeZone::is_known("Europe/Atlantis"));
  EXPECT_FALSE(TimeZone::is_known("GMT+3:17"));
  EXPECT_FALSE(TimeZone::is_known(""));
  EXPECT_FALSE(TimeZone::is_known(std::string(1000, 'x')));
}

TEST(Zone, LocalDayAcrossSummerTime) {
  const auto zone = *TimeZone::find("Europe/Copenhagen");
  EXPECT_EQ(zone.date_of(at("2026-01-31T22:59:59Z")), (Date{2026, 1, 31}));
  EXPECT_EQ(zone.date_of(at("2026-01-31T23:00:00Z")), (Date{2026, 2, 1}));
  EXPECT_EQ(zone.midnight({2026, 7, 1}), at("2026-06-30T22:00:00Z"));
  EXPECT_EQ(zone.midnight({2026, 3, 30}).ms - zone.midnight({2026, 3, 29}).ms, 23 * ms_per_hour);
  EXPECT_EQ(zone.midnight({2026, 10, 26}).ms - zone.midnight({2026, 10, 25}).ms, 25 * ms_per_hour);
  EXPECT_EQ(zone.time_of_day_ms(at("2026-07-01T10:30:00Z")), 12 * ms_per_hour + 30 * ms_per_minute);
  EXPECT_EQ(zone.offset_ms(at("2026-07-01")), 2 * ms_per_hour);
}

TEST(Zone, DayBeforeTheEpoch) {
  const auto zone = TimeZone::utc();
  EXPECT_EQ(zone.date_of(at("1969-12-31T23:59:59Z")), (Date{1969, 12, 31}));
  EXPECT_EQ(zone.midnight({1969, 12, 31}), at("1969-12-31"));
}

TEST(Zone, MidnightThatIsSkippedOrComesTwice) {
  const auto cairo = *TimeZone::find("Africa/Cairo");  // 2014-05-16 began at 01:00
  const Instant start = cairo.midnight({2014, 5, 16});
  EXPECT_EQ(cairo.date_of(start), (Date{2014, 5, 16}));
  EXPECT_EQ(cairo.date_of(start.plus_ms(-1)), (Date{2014, 5, 15}));
  const auto havana = *TimeZone::find("America/Havana");  // 2020-11-01, 01:00 back to 00:00
  const Instant first = havana.midnight({2020, 11, 1});
  EXPECT_EQ(havana.date_of(first.plus_ms(-1)), (Date{2020, 10, 31}));
}

TEST(Zone, ATimeThatTheClocksLeapOverIsWhatTheCallerSays) {
  const auto place = *TimeZone::find("Europe/Copenhagen");  // 02:00 to 03:00 at 01:00Z
  const Date leap{2026, 3, 29};
  const auto moment = [&](std::int64_t minutes, SkippedTime skipped) {
    return find_moment(place, leap, minutes * ms_per_minute, skipped);
  };
  for (const std::int64_t minutes : {120, 121, 150, 179}) {
    EXPECT_EQ(moment(minutes, SkippedTime::end_of_gap), at("2026-03-29T01:00:00Z"));
    EXPECT_EQ(moment(minutes, SkippedTime::moved_on),
              at("2026-03-29T01:00:00Z").plus_ms((minutes - 120) * ms_per_minute));
    EXPECT_FALSE(moment(minutes, SkippedTime::refused).has_value());
  }
  for (const auto skipped :
       {SkippedTime::end_of_gap, SkippedTime::moved_on, SkippedTime::refused}) {
    EXPECT_EQ(moment(119, skipped), at("2026-03-29T00:59:00Z"));
    EXPECT_EQ(moment(180, skipped), at("2026-03-29T01:00:00Z"));
    // Of two it is the first.
    EXPECT_EQ(find_moment(place, {2026, 10, 25}, 150 * ms_per_minute, skipped),
              at("2026-10-25T00:30:00Z"));
  }
  const auto lord_howe = *TimeZone::find("Australia/Lord_Howe");  // half an hour only
  EXPECT_EQ(find_moment(lord_howe, {2026, 10, 4}, 135 * ms_per_minute, SkippedTime::end_of_gap),
            lord_howe.instant_of({2026, 10, 4}, 150 * ms_per_minute));
}

TEST(Currency, IsLegalTenderSomewhereToday) {
  for (const char* code : {"DKK", "EUR", "ISK", "JPY"}) EXPECT_TRUE(is_legal_tender(code)) << code;
  for (const char* code : {"ZZZ", "DEM", "dkk", "", "DKKK", "D K"})
    EXPECT_FALSE(is_legal_tender(code)) << code;
}

}  // namespace
}  // namespace fokus
