// SPDX-License-Identifier: Apache-2.0
// Entries that a provider is asked for at this moment.
#include <algorithm>

#include "base/text.hpp"
#include "features/registers/registers.hpp"
#include "records/rights.hpp"

namespace fokus::registers {
namespace {

using access::Scope;

Error off() {
  return make_error(ErrorKind::conflict, "registers/online_off");
}

// As for the local registers: who makes companies may look for them.
Status check_may_search(const records::ApiParts& parts, const Scope& scope) {
  const auto dictionary = parts.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  if (!type) return make_error(ErrorKind::not_found, "registers/not_found");
  return records::check_type_right(scope, *type, access::Action::create);
}

Result<const Provider*> provider_named(std::string_view name) {
  const auto* provider = find_provider(name);
  if (!provider) return make_error(ErrorKind::not_found, "registers/not_found");
  return provider;
}

}  // namespace

Result<Found> Registers::look_up_online(const Scope& scope, std::string_view name,
                                        std::string_view number) const {
  TRY(check_may_search(parts_, scope));
  const auto* provider = TRY(provider_named(name));
  const auto plain = plain_number(number);
  if (plain.empty() || plain.size() > limits::number_bytes_max)
    return field_error("registers/invalid", "number", "not_a_number");
  if (!online_) return off();
  auto entry = TRY(online_->look_up(*provider, plain, {connect::occasion_of(scope)}));
  const auto today = render_instant(parts_.clock.now()).substr(0, 10);
  std::vector<Found> found;
  found.push_back({provider, std::move(entry), today, std::nullopt});
  mark_ours(scope, found);
  return std::move(found.front());
}

Result<std::vector<Found>> Registers::search_online(const Scope& scope, std::string_view name,
                                                    std::string_view q, int limit) const {
  TRY(check_may_search(parts_, scope));
  const auto* provider = TRY(provider_named(name));
  const auto query = trim(q);
  if (query.size() > limits::query_bytes_max)
    return field_error("registers/invalid", "q", "too_long",
                       {{"max", std::to_string(limits::query_bytes_max)}});
  if (query.size() < limits::query_bytes_min)
    return field_error("registers/invalid", "q", "too_short",
                       {{"min", std::to_string(limits::query_bytes_min)}});
  if (!online_) return off();
  const int shown = std::clamp(limit, 1, limits::found_max);
  auto entries = TRY(online_->search(*provider, query, shown, {connect::occasion_of(scope)}));
  const auto today = render_instant(parts_.clock.now()).substr(0, 10);
  std::vector<Found> found;
  for (auto& entry : entries) found.push_back({provider, std::move(entry), today, std::nullopt});
  mark_ours(scope, found);
  return found;
}

}  // namespace fokus::registers
