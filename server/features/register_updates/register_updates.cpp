// SPDX-License-Identifier: Apache-2.0
#include "features/register_updates/register_updates.hpp"

#include "features/register_updates/company_update.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;
using access::Scope;

// Settings that an older program stored are taken as far as they can be read.
Settings read_settings(const store::Rows& rows) {
  Settings out = standard_settings();
  boost::system::error_code ec;
  const std::string text(rows.text(2));
  const auto content = json::parse(text, ec);
  if (!ec && content.is_object())
    if (auto read = change_settings(out, content.get_object())) out = std::move(*read);
  out.version = rows.integer(0);
  out.is_nightly = rows.boolean(1);
  return out;
}

Error not_found() {
  return make_error(ErrorKind::not_found, "records/not_found");
}

}  // namespace

RegisterUpdates::RegisterUpdates(const records::ApiParts& parts,
                                 const registers::Registers& registers)
    : parts_(parts), registers_(registers) {}

Settings RegisterUpdates::settings_of(store::Session& session, const Provider& provider) const {
  auto rows = session.query(parts_.statements["register_updates.find_settings"], {provider.name});
  return rows->next() ? read_settings(*rows) : standard_settings();
}

Result<Settings> RegisterUpdates::change(store::Transaction& tx, const Scope& scope,
                                         const Provider& provider, const json::object& input,
                                         std::optional<std::int64_t> expected) const {
  const auto before = settings_of(tx, provider);
  if (expected && *expected != before.version) {
    Error stale = make_error(ErrorKind::stale, "records/stale");
    stale.params["current_version"] = std::to_string(before.version);
    return stale;
  }
  auto after = TRY(change_settings(before, input));
  after.version = before.version + 1;
  tx.execute(parts_.statements["register_updates.save_settings"],
             {provider.name, after.version, after.is_nightly,
              json::serialize(settings_to_json(after)), parts_.clock.now(), scope.actor.user});
  return after;
}

std::optional<Subject> RegisterUpdates::find_subject(store::Session& session, RecordId id) const {
  auto rows = session.query(parts_.statements["register_updates.get_company"], {id});
  if (!rows->next()) return std::nullopt;
  Subject out;
  out.id = RecordId{rows->integer(0)};
  out.version = rows->integer(1);
  out.name = rows->text(2);
  out.numbers = {std::string(rows->text(3)), std::string(rows->text(4)),
                 std::string(rows->text(5))};
  out.owner = UserId{rows->integer(6)};
  out.is_exempt = rows->boolean(7);
  return out;
}

bool RegisterUpdates::has_local(const Provider& provider) const {
  return registers_.current_load(provider.name).has_value();
}

bool RegisterUpdates::can_online(const Provider& provider) const {
  return registers_.online() && registers_.online()->is_on(provider);
}

Result<registers::Found> RegisterUpdates::look_up(const Provider& provider, std::string_view number,
                                                  Source source,
                                                  const registers::OnlineCalls::Why& why) const {
  const bool has_file = has_local(provider);
  // Without a file nothing is absent from it.
  if (source == Source::local && !has_file)
    return make_error(ErrorKind::conflict, "register_updates/not_loaded");
  if (has_file && source != Source::online) {
    auto found = registers_.find_loaded(provider, number);
    if (!found) return make_error(ErrorKind::not_found, "registers/not_found");
    return std::move(*found);
  }
  if (!registers_.online()) return make_error(ErrorKind::conflict, "registers/online_off");
  auto entry = TRY(registers_.online()->look_up(provider, number, why));
  return registers::Found{&provider, std::move(entry),
                          render_instant(parts_.clock.now()).substr(0, 10), std::nullopt};
}

const Provider* RegisterUpdates::choose_provider(const Subject& subject) const {
  const Provider* other = nullptr;
  for (const auto& provider : registers::shipped_providers()) {
    if (number_at(provider, subject.numbers).empty()) continue;
    if (!has_local(provider) && !can_online(provider)) continue;
    if (!provider.country.empty()) return &provider;
    if (!other) other = &provider;
  }
  return other;
}

// Whoever may not change a company neither fills it nor puts anything into its queue.
Status RegisterUpdates::check_may_update(const Scope& scope, RecordId company) const {
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  if (!type) return not_found();
  const auto only = TRY(records::parse_filter("id eq " + std::to_string(company.value)));
  const auto may = [&](access::Action action) {
    return parts_.database.read([&](store::Session& session) -> Result<bool> {
      return !TRY(parts_.records.list_ids(session, scope, *type, action, only.get(), 0, 1)).empty();
    });
  };
  if (!TRY(may(access::Action::read))) return not_found();
  if (!TRY(may(access::Action::update)))
    return make_error(ErrorKind::forbidden, "records/forbidden");
  return {};
}

Result<Updated> RegisterUpdates::update_now(const Scope& scope, RecordId company,
                                            const Provider* provider,
                                            std::optional<Source> source) const {
  TRY(check_may_update(scope, company));
  const auto subject =
      parts_.database.read([&](store::Session& session) { return find_subject(session, company); });
  if (!subject) return not_found();
  if (subject->is_exempt) return make_error(ErrorKind::conflict, "register_updates/exempt");
  if (!provider) provider = choose_provider(*subject);
  const auto number = provider ? number_at(*provider, subject->numbers) : std::string();
  if (number.empty()) return make_error(ErrorKind::invalid, "register_updates/no_number");
  const auto settings = parts_.database.read(
      [&](store::Session& session) { return settings_of(session, *provider); });
  auto occasion = connect::occasion_of(scope);
  occasion.record_type = "company";
  occasion.record = company.value;
  const auto found = TRY(look_up(*provider, number, source.value_or(settings.source), {occasion}));
  return parts_.database.write([&](store::Transaction& tx) -> Result<Updated> {
    const auto now = find_subject(tx, company);
    if (!now) return not_found();
    return update_company(*this, tx, scope, {*provider, settings, {}}, *now, found);
  });
}

void RegisterUpdates::forget_record(store::Transaction& tx, const records::RecordType& type,
                                    RecordId id) const {
  const auto& sql = parts_.statements;
  if (type.name == "activity") tx.execute(sql["register_updates.forget_task"], {id});
  if (type.name != "company") return;
  for (const auto* name :
       {"register_updates.remove_checks_of_company", "register_updates.remove_proposals_of_company",
        "register_updates.remove_events_of_company"})
    tx.execute(sql[name], {id});
}

}  // namespace fokus::register_updates
