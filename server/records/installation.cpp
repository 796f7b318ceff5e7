// SPDX-License-Identifier: Apache-2.0
#include "records/installation.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

#include "base/text.hpp"
#include "platform/currency.hpp"
#include "platform/locale.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

constexpr std::string_view pending_key = "base_amounts_pending";
constexpr std::string_view revision_key = "dictionary_revision";
constexpr std::array<std::string_view, 5> languages = {"da", "en", "nb", "sv", "de"};
constexpr std::int64_t name_bytes_max = 120;
constexpr std::int64_t bin_days_max = 3650;
constexpr std::int64_t merge_undo_days_max = 365;  // journals are personal data
constexpr int months_per_year = 12;
constexpr int days_per_week = 7;

constexpr std::array<SettingSpec, 8> specs = {{
    {"company_name", "text", 0, name_bytes_max},
    {"base_currency", "currency"},
    {"default_language", "language"},
    {"default_time_zone", "time_zone"},
    {"first_day_of_week", "integer", 1, days_per_week},
    {"fiscal_year_start_month", "integer", 1, months_per_year},
    {"bin_days", "integer", 1, bin_days_max},
    {"merge_undo_days", "integer", 1, merge_undo_days_max},
}};

// The member that a key names.
std::string* text_of(Installation& i, std::string_view key) {
  if (key == "company_name") return &i.company_name;
  if (key == "base_currency") return &i.base_currency;
  if (key == "default_language") return &i.default_language;
  return key == "default_time_zone" ? &i.default_time_zone : nullptr;
}
int* number_of(Installation& i, std::string_view key) {
  if (key == "first_day_of_week") return &i.first_day_of_week;
  if (key == "fiscal_year_start_month") return &i.fiscal_year_start_month;
  if (key == "merge_undo_days") return &i.merge_undo_days;
  return key == "bin_days" ? &i.bin_days : nullptr;
}

int number(std::string_view text) {
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

// The text under which a value is stored, or the code of what is wrong with it.
Result<std::string> check_value(const SettingSpec& spec, const json::value& value) {
  const auto refuse = [&](std::string code, std::map<std::string, std::string> params = {}) {
    return field_error("settings/invalid", std::string(spec.key), std::move(code),
                       std::move(params));
  };
  if (spec.kind == "integer") {
    if (!value.is_int64()) return refuse("not_a_number");
    const std::int64_t n = value.get_int64();
    if (n < spec.min || n > spec.max)
      return refuse("out_of_range",
                    {{"min", std::to_string(spec.min)}, {"max", std::to_string(spec.max)}});
    return std::to_string(n);
  }
  if (!value.is_string()) return refuse("not_a_text");
  const std::string text(trim(value.get_string()));
  if (!is_clean_utf8(text)) return refuse("not_a_text");
  if (const auto flaw = flaw_of_name(text); !flaw.empty()) return refuse(std::string(flaw));
  if (spec.kind == "text" && static_cast<std::int64_t>(text.size()) > spec.max)
    return refuse("too_long", {{"max", std::to_string(spec.max)}});
  if (spec.kind == "currency" && !is_legal_tender(text)) return refuse("not_a_currency");
  if (spec.kind == "language" &&
      std::find(languages.begin(), languages.end(), text) == languages.end())
    return refuse("not_a_language");
  if (spec.kind == "time_zone" && !TimeZone::is_known(text)) return refuse("unknown_time_zone");
  return text;
}

std::string stored_text(Installation& installation, std::string_view key) {
  if (const auto* text = text_of(installation, key)) return *text;
  return std::to_string(*number_of(installation, key));
}

store::Value text_or_null(const std::optional<std::string>& text) {
  return text ? store::Value(*text) : store::Value();
}

}  // namespace

bool is_currency(std::string_view code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::span<const SettingSpec> setting_specs() {
  return specs;
}

json::value setting_value(const Installation& installation, std::string_view key) {
  Installation copy = installation;
  if (const auto* text = text_of(copy, key)) return json::value(*text);
  return json::value(*number_of(copy, key));
}

void ExchangeRates::add(const std::string& currency, const std::string& base,
                        std::string_view valid_from, std::int64_t rate) {
  const long double units =
      static_cast<long double>(rate) / std::pow(10.0L, static_cast<long double>(rate_scale));
  pairs_[currency][base][std::string(valid_from)] = units;
  // An inverse that somebody entered themselves is worth more than a computed one.
  pairs_[base][currency].emplace(std::string(valid_from), 1.0L / units);
}

std::optional<long double> ExchangeRates::find_entered(std::string_view currency,
                                                       std::string_view base,
                                                       std::string_view day) const {
  const auto from = pairs_.find(currency);
  if (from == pairs_.end()) return std::nullopt;
  const auto to = from->second.find(base);
  if (to == from->second.end()) return std::nullopt;
  const auto after = to->second.upper_bound(day);
  if (after == to->second.begin()) return std::nullopt;
  return std::prev(after)->second;
}

std::optional<long double> ExchangeRates::find(std::string_view currency, std::string_view base,
                                               std::string_view day) const {
  if (currency == base) return 1.0L;
  if (const auto entered = find_entered(currency, base, day)) return entered;
  const auto from = pairs_.find(currency);
  if (from == pairs_.end()) return std::nullopt;
  for (const auto& [between, days] : from->second) {
    const auto first = find_entered(currency, between, day);
    const auto second = find_entered(between, base, day);
    if (first && second) return *first * *second;
  }
  return std::nullopt;
}

InstallationState load_installation(store::Session& session, const store::Statements& statements) {
  InstallationState out;
  auto rows = session.query(statements["records.list_settings"]);
  while (rows->next()) {
    const auto key = rows->text(0), value = rows->text(1);
    if (auto* text = text_of(out.installation, key)) *text = std::string(value);
    if (auto* n = number_of(out.installation, key)) *n = number(value);
    if (key == pending_key) out.installation.base_amounts_pending = value == "1";
    if (key == revision_key) out.revision = number(value);
  }
  auto rates = session.query(statements["records.list_rates"]);
  while (rates->next())
    out.rates.add(std::string(rates->text(1)), std::string(rates->text(2)), rates->text(3),
                  rates->integer(4));
  return out;
}

Result<bool> save_settings(store::Transaction& tx, const store::Statements& statements,
                           const json::object& values, const SettingChange& by) {
  Error wrong = make_error(ErrorKind::invalid, "settings/invalid");
  std::map<std::string, std::string> checked;
  for (const auto& [key, value] : values) {
    const auto spec = std::find_if(specs.begin(), specs.end(), [&](const SettingSpec& one) {
      return one.key == std::string_view(key);
    });
    if (spec == specs.end()) {
      wrong.errors.push_back({std::string(key), "unknown_setting", {}});
      continue;
    }
    auto text = check_value(*spec, value);
    if (text)
      checked[std::string(key)] = std::move(*text);
    else
      wrong.errors.push_back(text.error().errors.at(0));
  }
  if (!wrong.errors.empty()) return wrong;
  auto known = load_installation(tx, statements).installation;
  bool changed = false;
  for (const auto& [key, text] : checked) {
    const std::string before = stored_text(known, key);
    if (before == text) continue;
    tx.execute(statements["records.save_setting"],
               {key, text, by.at, by.actor ? store::Value(by.actor) : store::Value()});
    note_setting_change(tx, statements, key, before, text, by);
    if (key == "base_currency") set_base_amounts_pending(tx, statements, true, by.at);
    changed = true;
  }
  return changed;
}

void note_setting_change(store::Transaction& tx, const store::Statements& statements,
                         std::string_view key, std::optional<std::string> before,
                         std::optional<std::string> after, const SettingChange& by) {
  const store::Value actor = by.actor ? store::Value(by.actor) : store::Value();
  const store::Value old_value = text_or_null(before), new_value = text_or_null(after);
  tx.execute(statements["records.add_setting_change"],
             {by.at, actor, by.actor_kind, key, old_value, new_value});
}

void set_base_amounts_pending(store::Transaction& tx, const store::Statements& statements,
                              bool pending, std::int64_t at) {
  tx.execute(statements["records.save_setting"], {pending_key, pending ? "1" : "0", at, nullptr});
}

}  // namespace fokus::records
