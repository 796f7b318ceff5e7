// SPDX-License-Identifier: Apache-2.0
#include "platform/figures.hpp"

#include <unicode/currunit.h>
#include <unicode/numberformatter.h>
#include <unicode/smpdtfmt.h>

#include <cmath>

namespace fokus {
namespace {

using icu::number::Notation;
using icu::number::Precision;

constexpr std::int64_t noon_ms = 12 * ms_per_hour;

icu::Locale locale_of(const std::string& name) {
  return icu::Locale::createCanonical(name.c_str());
}

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

icu::number::LocalizedNumberFormatter formatter(const std::string& locale) {
  return icu::number::NumberFormatter::withLocale(locale_of(locale));
}

std::string render(const icu::number::LocalizedNumberFormatter& format, double value) {
  UErrorCode failed = U_ZERO_ERROR;
  const auto shown = format.formatDouble(value, failed);
  const auto text = shown.toString(failed);
  return U_FAILURE(failed) ? std::to_string(value) : utf8(text);
}

icu::CurrencyUnit currency_of(std::string_view code) {
  UErrorCode failed = U_ZERO_ERROR;
  const auto wide = icu::UnicodeString::fromUTF8(std::string(code));
  icu::CurrencyUnit out(icu::ConstChar16Ptr(icu::UnicodeString(wide).getTerminatedBuffer()),
                        failed);
  return U_FAILURE(failed) ? icu::CurrencyUnit() : out;
}

std::string render_time(const std::string& locale, const char* skeleton, Instant at,
                        const std::string& zone) {
  UErrorCode failed = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateFormat> format(
      icu::DateFormat::createInstanceForSkeleton(skeleton, locale_of(locale), failed));
  if (U_FAILURE(failed) || !format) return render_instant(at);
  format->adoptTimeZone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(zone)));
  icu::UnicodeString out;
  return utf8(format->format(static_cast<UDate>(at.ms), out));
}

// A day has no time zone: noon of it in UTC.
std::string render_day(const std::string& locale, const char* skeleton, Date date) {
  return render_time(locale, skeleton, {days_from_epoch(date) * ms_per_day + noon_ms}, "UTC");
}

}  // namespace

Figures::Figures(std::string_view language, TimeZone zone)
    : locale_(language == "en" || language.empty() ? "en-GB" : language), zone_(std::move(zone)) {}

std::string Figures::number(double value, int decimals_max) const {
  return render(formatter(locale_).precision(Precision::maxFraction(decimals_max)), value);
}

std::string Figures::compact(double value) const {
  return render(
      formatter(locale_).notation(Notation::compactShort()).precision(Precision::maxFraction(1)),
      value);
}

std::string Figures::percent(double share) const {
  return render(formatter(locale_)
                    .unit(icu::NoUnit::percent())
                    .scale(icu::number::Scale::powerOfTen(2))
                    .precision(Precision::maxFraction(1)),
                share);
}

std::string Figures::money(double amount, std::string_view currency) const {
  const auto format =
      formatter(locale_).unit(currency_of(currency)).unitWidth(UNUM_UNIT_WIDTH_ISO_CODE);
  if (amount == std::floor(amount)) return render(format.precision(Precision::integer()), amount);
  return render(format, amount);
}

std::string Figures::compact_money(double amount, std::string_view currency) const {
  return render(formatter(locale_)
                    .unit(currency_of(currency))
                    .unitWidth(UNUM_UNIT_WIDTH_ISO_CODE)
                    .notation(Notation::compactShort())
                    .precision(Precision::maxFraction(1)),
                amount);
}

std::string Figures::date(Date date) const {
  return render_day(locale_, "dMMMy", date);
}
std::string Figures::day(Date date) const {
  return render_day(locale_, "dMMM", date);
}
std::string Figures::month(Date date) const {
  return render_day(locale_, "MMMy", date);
}
std::string Figures::weekday(int weekday) const {
  constexpr std::int64_t monday = 4;  // 1970-01-05
  return render_day(locale_, "cccc", date_from_days(monday + weekday - 1));
}
std::string Figures::instant(Instant at) const {
  return render_time(locale_, "dMMMyHHmm", at, zone_.name());
}

std::string Figures::country(std::string_view code) const {
  icu::UnicodeString out;
  const icu::Locale there("", std::string(code).c_str());
  const auto name = utf8(there.getDisplayCountry(locale_of(locale_), out));
  return name.empty() ? std::string(code) : name;
}
std::string Figures::language(std::string_view code) const {
  icu::UnicodeString out;
  const icu::Locale one(std::string(code).c_str());
  const auto name = utf8(one.getDisplayLanguage(locale_of(locale_), out));
  return name.empty() ? std::string(code) : name;
}

}  // namespace fokus
