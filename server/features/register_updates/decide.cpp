// SPDX-License-Identifier: Apache-2.0
// What becomes of proposals.
#include "features/register_updates/proposals.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;
using access::Action;
using access::Scope;

struct Proposal {
  std::int64_t id = 0;
  RecordId company;
  std::string field, provider, reason, state, obtained_on;
  json::value present, offered;
};

Error not_found() {
  return make_error(ErrorKind::not_found, "records/not_found");
}
Error decided() {
  return make_error(ErrorKind::conflict, "register_updates/decided");
}

// Nothing that the actor may not see, or not do this to, is there at all.
bool is_allowed(const RegisterUpdates& updates, store::Session& session, const Scope& scope,
                Action action, std::int64_t id) {
  ProposalFilter only;
  only.ids = {id};
  return count_proposals(updates, session, scope, action, only) == 1;
}

Status check_allowed(const RegisterUpdates& updates, store::Session& session, const Scope& scope,
                     std::int64_t id) {
  if (!is_allowed(updates, session, scope, Action::read, id)) return not_found();
  if (!is_allowed(updates, session, scope, Action::update, id))
    return make_error(ErrorKind::forbidden, "records/forbidden");
  return {};
}

std::optional<Proposal> find_proposal(store::Session& session, const store::Statements& sql,
                                      std::int64_t id) {
  auto rows = session.query(sql["register_updates.get_proposal"], {id});
  if (!rows->next()) return std::nullopt;
  Proposal out;
  out.id = rows->integer(0);
  out.company = RecordId{rows->integer(1)};
  out.field = rows->text(2);
  out.provider = rows->text(3);
  out.present = json::parse(std::string(rows->text(4)));
  out.offered = json::parse(std::string(rows->text(5)));
  out.reason = rows->text(6);
  out.state = rows->text(7);
  out.obtained_on = rows->text(8);
  return out;
}

Result<json::value> present_value(const RegisterUpdates& updates, store::Session& session,
                                  const Scope& scope, const records::RecordType& type,
                                  const Proposal& proposal) {
  std::string text;
  JsonWriter writer(text);
  TRY(updates.parts().records.get(session, scope, type, proposal.company, writer));
  const auto company = json::parse(text);
  const auto* value = company.as_object().if_contains(proposal.field);
  return value ? *value : json::value();
}

Status mark(const RegisterUpdates& updates, store::Transaction& tx, const Scope& scope,
            std::int64_t id, std::string_view state, BatchId batch) {
  const auto& parts = updates.parts();
  const auto batch_id = batch ? store::Value(batch.value) : store::Value();
  const auto changed = tx.execute(parts.statements["register_updates.decide_proposal"],
                                  {id, state, parts.clock.now(), scope.actor.user, batch_id});
  if (changed == 0) return decided();
  return {};
}

BatchId make_batch(const RegisterUpdates& updates, store::Transaction& tx, const Scope& scope,
                   json::object details) {
  return updates.parts().records.create_batch(tx, scope, "register", "company", details);
}

// The person may have given the value after it was proposed to replace it.
Status check_not_given(const RegisterUpdates& updates, store::Session& session, const Scope& scope,
                       const Proposal& proposal) {
  const auto origins =
      TRY(registers::find_origins(updates.parts(), session, scope, proposal.company));
  if (proposal.reason != "given_by_person" && !origins.given.contains(proposal.field)) return {};
  return make_error(ErrorKind::conflict, "register_updates/given_by_person");
}

}  // namespace

Result<Accepted> accept_proposal(const RegisterUpdates& updates, store::Transaction& tx,
                                 const Scope& scope, std::int64_t id, BatchId batch) {
  const auto& parts = updates.parts();
  TRY(check_allowed(updates, tx, scope, id));
  const auto proposal = find_proposal(tx, parts.statements, id);
  if (!proposal) return not_found();
  if (proposal->state != "open") return decided();
  TRY(check_not_given(updates, tx, scope, *proposal));
  const auto dictionary = parts.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  const auto* provider = registers::find_provider(proposal->provider);
  if (!type || !provider) return not_found();
  const auto present = TRY(present_value(updates, tx, scope, *type, *proposal));
  if (!registers::is_same_value(proposal->field, present, proposal->present))
    return make_error(ErrorKind::conflict, "register_updates/moved");
  Accepted out{batch};
  if (!out.batch)
    out.batch =
        make_batch(updates, tx, scope, {{"register", provider->name}, {"proposal", proposal->id}});
  TRY(mark(updates, tx, scope, id, "accepted", out.batch));
  const auto source = parts.records.create_source(tx, "register", provider->title,
                                                  provider->licence, "", proposal->obtained_on);
  const auto saved = TRY(parts.records.update(tx, scope, *type, proposal->company,
                                              {{proposal->field, proposal->offered}}, std::nullopt,
                                              {source, out.batch, "update"}));
  out.version = saved.version;
  return out;
}

void close_moved(const RegisterUpdates& updates, store::Transaction& tx, std::int64_t id) {
  tx.execute(updates.parts().statements["register_updates.close_proposal"],
             {id, updates.parts().clock.now()});
}

Status reject_proposal(const RegisterUpdates& updates, store::Transaction& tx, const Scope& scope,
                       std::int64_t id) {
  TRY(check_allowed(updates, tx, scope, id));
  return mark(updates, tx, scope, id, "rejected", BatchId{});
}

Status reopen_proposal(const RegisterUpdates& updates, store::Transaction& tx, const Scope& scope,
                       std::int64_t id) {
  TRY(check_allowed(updates, tx, scope, id));
  if (tx.execute(updates.parts().statements["register_updates.reopen_proposal"], {id}) == 0)
    return decided();
  return {};
}

Result<ProposalPlace> place_of_proposal(const RegisterUpdates& updates, store::Session& session,
                                        const Scope& scope, std::int64_t id) {
  if (!is_allowed(updates, session, scope, Action::read, id)) return not_found();
  const auto proposal = find_proposal(session, updates.parts().statements, id);
  const auto* provider = proposal ? registers::find_provider(proposal->provider) : nullptr;
  if (!provider) return not_found();
  return ProposalPlace{provider, proposal->field};
}

}  // namespace fokus::register_updates
