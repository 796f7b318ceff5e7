// SPDX-License-Identifier: Apache-2.0
#include "features/worlds/seeds.hpp"
#include "records/records.hpp"

namespace fokus::worlds {
namespace {

namespace json = boost::json;

constexpr std::size_t steps_per_transaction = 500;

// Authors of a world may do everything: what they wrote they were allowed to write then.
std::shared_ptr<const access::Permissions> every_permission() {
  auto out = std::make_shared<access::Permissions>();
  out->types["*"].fill(access::every_circle);
  out->functions.insert(std::string(access::functions::administer));
  for (const char* data_class :
       {"identity", "contact", "content", "behaviour", "special", "national_id", "credential"})
    out->field_classes.insert(data_class);
  return out;
}

class Player {
 public:
  Player(const Plan& plan, const WorldParts& parts)
      : plan_(plan),
        parts_(parts),
        dictionary_(parts.dictionary.current()),
        records_({parts.statements, clock_, parts.dictionary}),
        permissions_(every_permission()),
        ids_(plan.steps.size()) {}

  Status play() {
    const auto order = order_of(plan_);
    for (std::size_t at = 0; at < order.size(); at += steps_per_transaction) {
      const std::size_t end = std::min(order.size(), at + steps_per_transaction);
      TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
        for (std::size_t i = at; i < end; ++i) TRY(play_step(tx, order[i]));
        return {};
      }));
      if (parts_.on_progress) parts_.on_progress("steps", static_cast<std::int64_t>(end));
    }
    return parts_.database.write([&](store::Transaction& tx) -> Status {
      for (const auto& relation : plan_.relations) relate(tx, relation);
      for (const auto& invitation : plan_.invitations) invite(tx, invitation);
      return create_accounts(tx);
    });
  }

 private:
  Status play_step(store::Transaction& tx, Slot slot) {
    const Step& step = plan_.steps[slot];
    const auto* type = dictionary_->find(step.type);
    if (!type) return field_error("worlds/bad_plan", step.type, "unknown_type");
    clock_.set(step.at);
    const auto scope = scope_of(step.author);
    const auto values = values_of(step);
    if (step.changes == no_slot) {
      ids_[slot] = TRY(records_.create(tx, scope, *type, values, {0, {}, "create"})).id;
    } else {
      TRY(records_.update(tx, scope, *type, ids_[step.changes], values, {}, {0, {}, "update"}));
    }
    return {};
  }

  access::Scope scope_of(Slot author) const {
    access::Scope scope;
    scope.route = "cli:seed";
    scope.actor = access::system_actor();
    if (author == no_slot) return scope;
    const Step& user = plan_.steps[author];
    scope.actor.user = UserId{ids_[author].value};
    scope.actor.name = std::string(user.values.at("name").as_string());
    scope.actor.kind = access::ActorKind::user;
    scope.actor.permissions = permissions_;
    for (const auto& link : user.links)
      if (link.field == "primary_group")
        scope.actor.primary_group = GroupId{ids_[link.slots[0]].value};
    return scope;
  }

  json::object values_of(const Step& step) const {
    json::object out = step.values;
    for (const auto& link : step.links) {
      if (!link.several) {
        out[link.field] = ids_[link.slots[0]].value;
        continue;
      }
      auto& list = out[link.field].emplace_array();
      for (const Slot slot : link.slots) list.emplace_back(ids_[slot].value);
    }
    return out;
  }

  void relate(store::Transaction& tx, const Relation& relation) {
    tx.execute(parts_.statements["records.add_relation"],
               {relation.kind, plan_.steps[relation.from].type, ids_[relation.from],
                plan_.steps[relation.to].type, ids_[relation.to], nullptr, relation.at,
                ids_[relation.author]});
  }

  void invite(store::Transaction& tx, const Invitation& invitation) {
    const bool is_answered = invitation.answer != "invited";
    tx.execute(parts_.statements["diary.add_participant"],
               {ids_[invitation.activity], ids_[invitation.user], invitation.answer,
                is_answered ? store::Param(invitation.at) : store::Param(nullptr), invitation.at,
                ids_[invitation.author]});
  }

  Status create_accounts(store::Transaction& tx) {
    for (const auto& account : plan_.accounts) {
      AccountRequest request{UserId{ids_[account.user].value}, account.password, account.role, {}};
      for (const Slot group : account.other_groups)
        request.other_groups.push_back(GroupId{ids_[group].value});
      TRY(parts_.create_account(tx, request));
    }
    return {};
  }

  const Plan& plan_;
  const WorldParts& parts_;
  records::DictionaryPtr dictionary_;
  FakeClock clock_;
  records::Records records_;
  std::shared_ptr<const access::Permissions> permissions_;
  std::vector<RecordId> ids_;  // of each slot
};

}  // namespace

Status play_plan(const Plan& plan, const WorldParts& parts) {
  return Player(plan, parts).play();
}

}  // namespace fokus::worlds
