// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "features/registers/registers.hpp"

// The rules by which companies follow their registers, without database or network.
namespace fokus::register_updates {

namespace event_kinds {
constexpr std::string_view bankruptcy = "bankruptcy";
constexpr std::string_view dissolution = "dissolution";
constexpr std::string_view new_name = "new_name";
constexpr std::string_view new_address = "new_address";
}  // namespace event_kinds
inline constexpr std::array all_event_kinds = {event_kinds::bankruptcy, event_kinds::dissolution,
                                               event_kinds::new_name, event_kinds::new_address};
bool is_event_kind(std::string_view text);

// Where the present entry is taken from. `best`: the file that is loaded, else over the network.
enum class Source { best, local, online };
std::optional<Source> parse_source(std::string_view name);  // auto, local, online
std::string_view source_name(Source source);

// What an administrator has decided about one provider.
struct Settings {
  std::int64_t version = 0;  // 0: as the program has it
  bool is_nightly = false;
  Source source = Source::best;
  registers::FillPolicy otherwise = registers::FillPolicy::always;
  registers::FillPolicy typed = registers::FillPolicy::propose;
  std::map<std::string, registers::FillPolicy, std::less<>> policies;
  std::set<std::string, std::less<>> tasks;  // kinds of events that give the owner a task
};
// Values that came from the register follow it; who a company is, and what somebody typed, is
// proposed.
Settings standard_settings();

// The settings with what the input names changed. Errors: "register_updates/invalid" with the
// member or field and unknown_policy, unknown_field, unknown_kind, unknown_source, wrong_kind.
Result<Settings> change_settings(Settings settings, const boost::json::object& input);
boost::json::object settings_to_json(const Settings& settings);  // without version

// What a provider said of a company, as far as a later look compares it.
struct Check {
  std::string number, name, status, address;
};
constexpr std::string_view absent_status = "absent";  // the provider no longer has the number
Check check_of(const registers::Entry& entry);

struct NewEvent {
  std::string_view kind;
  std::string before, after;
};
// What has happened between two looks. Of a company that is looked at for the first time only that
// it is bankrupt or dissolved. Names and addresses are compared without case and punctuation.
std::vector<NewEvent> find_events(const std::optional<Check>& before, const Check& now);

// The number under which a provider knows the company; empty: it knows none like it.
struct Numbers {
  std::string org_number, vat_number, country;
};
std::string number_at(const registers::Provider& provider, const Numbers& company);

// Everything that a further look at the company would depend on, as one short text.
std::string digest_of(const registers::Entry& entry, const Settings& settings,
                      std::int64_t company_version);

}  // namespace fokus::register_updates
