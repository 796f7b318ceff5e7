// SPDX-License-Identifier: Apache-2.0
// What is set once for the whole installation, and what a currency is worth on a day.
#pragma once
#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

namespace fokus::records {

struct Installation {
  std::string company_name;
  std::string base_currency = "DKK";
  std::string default_language = "en";
  std::string default_time_zone = "Europe/Copenhagen";
  int first_day_of_week = 1;        // 1 = Monday … 7 = Sunday
  int fiscal_year_start_month = 1;  // the month that a fiscal year begins with
  int bin_days = 30;                // archived records are removed after so many days
  int merge_undo_days = 30;         // how long a merge can be undone, and its journal is kept
  // Amounts in the base currency were made with another base currency or other rates than now.
  bool base_amounts_pending = false;
};

constexpr int rate_scale = 8;  // decimals of a stored rate

// Rates between currencies, each from a day on until the next one. A pair that nobody entered
// follows from its inverse or by way of one other currency.
class ExchangeRates {
 public:
  // rate: units of `base` for one unit of `currency`, scaled by 10^rate_scale, above 0.
  void add(const std::string& currency, const std::string& base, std::string_view valid_from,
           std::int64_t rate);
  // Nothing when no rate holds on that day (YYYY-MM-DD).
  std::optional<long double> find(std::string_view currency, std::string_view base,
                                  std::string_view day) const;

 private:
  using ByDay = std::map<std::string, long double, std::less<>>;
  std::optional<long double> find_entered(std::string_view currency, std::string_view base,
                                          std::string_view day) const;
  // currency → base → day it begins → rate, in both directions
  std::map<std::string, std::map<std::string, ByDay, std::less<>>, std::less<>> pairs_;
};

// Three capital letters; whether the code is in use is a question of rates.
bool is_currency(std::string_view code);

// One setting as the API names it: how it is checked, read and shown.
struct SettingSpec {
  std::string_view key;
  std::string_view kind;          // text, currency, language, time_zone, integer
  std::int64_t min = 0, max = 0;  // integer; text: max is the length in bytes
};
std::span<const SettingSpec> setting_specs();
boost::json::value setting_value(const Installation& installation, std::string_view key);

// What the database holds; rates stand in `rates` afterwards.
struct InstallationState {
  Installation installation;
  ExchangeRates rates;
  std::int64_t revision = 0;  // of the dictionary
};
InstallationState load_installation(store::Session& session, const store::Statements& statements);

struct SettingChange {
  std::int64_t at = 0;
  std::int64_t actor = 0;
  std::string actor_kind;
};
// Checks every value, then stores those that differ, each with a line in the history. Errors:
// "settings/invalid" with unknown_setting, not_a_text, not_a_number, out_of_range, too_long,
// not_a_currency, not_a_language, unknown_time_zone. True: something changed. The caller publishes
// the dictionary (schema.hpp) in the same transaction.
Result<bool> save_settings(store::Transaction& tx, const store::Statements& statements,
                           const boost::json::object& values, const SettingChange& by);
// One more line of the history, for what is kept elsewhere: rates.
void note_setting_change(store::Transaction& tx, const store::Statements& statements,
                         std::string_view key, std::optional<std::string> before,
                         std::optional<std::string> after, const SettingChange& by);
void set_base_amounts_pending(store::Transaction& tx, const store::Statements& statements,
                              bool pending, std::int64_t at);

}  // namespace fokus::records
