// SPDX-License-Identifier: Apache-2.0
#include "features/registers/register_json.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;

json::object entry_json(const Entry& entry) {
  json::object out;
  for (std::size_t i = 0; i < field_count; ++i)
    if (!entry.values[i].empty()) out[field_name(static_cast<Field>(i))] = entry.values[i];
  return out;
}

}  // namespace

json::object found_json(const Found& found) {
  json::object out{{"provider", found.provider->name},   {"title", found.provider->title},
                   {"licence", found.provider->licence}, {"obtained_on", found.obtained_on},
                   {"entry", entry_json(found.entry)},   {"values", company_values(found.entry)}};
  out["company"] = found.company ? json::value(found.company->value) : json::value();
  return out;
}

json::object outcome_json(const FillOutcome& outcome) {
  json::array fields;
  for (const auto& one : outcome.fields) {
    json::object field{{"field", one.field},
                       {"before", one.before},
                       {"offered", one.offered},
                       {"action", one.action}};
    if (!one.reason.empty()) field["reason"] = one.reason;
    fields.push_back(std::move(field));
  }
  json::object out{{"fields", std::move(fields)}};
  out["company"] = outcome.company ? json::value(outcome.company.value) : json::value();
  out["batch"] = outcome.batch ? json::value(outcome.batch.value) : json::value();
  return out;
}

json::value online_json(const Provider& provider, const OnlineCalls* calls) {
  const Online& online = provider.online;
  if (!online.is_there() || !calls) return nullptr;
  json::object sends;
  for (const auto& [language, text] : online.sends) sends[language] = text;
  return json::object{{"lookup", true},
                      {"search", online.search.is_there()},
                      {"feed", online.has_feed()},
                      {"is_on", calls->is_on(provider)},
                      {"connector", provider.connector()},
                      {"sends", std::move(sends)},
                      {"data_class", online.data_class},
                      {"auth", sign_in_name(online.sign_in)},
                      {"pace_per_minute", online.calls_per_second * 60}};
}

}  // namespace fokus::registers
